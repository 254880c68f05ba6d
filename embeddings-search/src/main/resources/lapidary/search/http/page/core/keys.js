/** Keys that do something wherever the focus is, but for where one types. The last who asked for a key gets it. */

const bound = [];

/**
 * Binds keys until the function that is given back is called.
 * @param {Object<string, (event: KeyboardEvent) => boolean|void>} actions by `event.key`; who answers false has not wanted it
 * @returns {() => void}
 */
export function bind(actions) {
  bound.push(actions);
  return () => bound.splice(bound.indexOf(actions), 1);
}

/** Whether keys are text where an event came from. */
export function isTyping(event) {
  const target = event.target;
  return target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT'
    || (target.tagName === 'INPUT' && !['checkbox', 'radio', 'range', 'button'].includes(target.type));
}

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event) && event.key !== 'Escape') return;
  const taken = [...bound].reverse().some(actions => actions[event.key] && actions[event.key](event) !== false);
  if (taken) event.preventDefault();
});
