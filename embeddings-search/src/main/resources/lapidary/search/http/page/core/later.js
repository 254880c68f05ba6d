/** What is to happen later, or not too often. */

const CALM_MILLIS = 250;

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

/**
 * Waits until somebody could see an element, and what it is in stands still.
 * @param {HTMLElement} element
 * @param {HTMLElement} scroller around it
 */
export async function calm(element, scroller) {
  for (let top = NaN; top !== scroller.scrollTop;) {
    await sight(element);
    top = scroller.scrollTop;
    await new Promise(resolve => setTimeout(resolve, CALM_MILLIS));
    await new Promise(resolve => (globalThis.requestIdleCallback || setTimeout)(resolve));
  }
}

function sight(element) {
  return new Promise(resolve => {
    const observer = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element);
  });
}
