/** What is to happen later, or not too often. */

/**
 * Gives a function that does something once it has not been called for a while; `cancel` forgets it.
 * @template {function} F
 * @param {F} act
 * @param {number} millis
 */
export function settled(act, millis) {
  let timer = 0;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(act, millis, ...given);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Gives a function that does something before the next picture is drawn, once however often it is called. */
export function beforeDrawing(act) {
  let asked = 0;
  const soon = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      act();
    });
  };
  soon.cancel = () => {
    cancelAnimationFrame(asked);
    asked = 0;
  };
  return soon;
}
