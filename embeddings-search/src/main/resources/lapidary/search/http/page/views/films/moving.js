/** Exchanges what is in a list so that one sees what moved, came and went. */

const MILLIS = 260;

/**
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items each with `data-key`
 */
export function arrange(list, items) {
  const before = new Map([...list.children].map(child => [child.dataset.key, child.getBoundingClientRect()]));
  const focused = list.contains(document.activeElement) ? document.activeElement.closest('[data-key]')?.dataset.key : undefined;
  list.replaceChildren(...items);
  if (focused) refocus(list, focused);
  if (!before.size || still()) return;
  const frame = list.getBoundingClientRect();
  items.filter(item => near(item.getBoundingClientRect(), frame)).forEach(item => move(item, before.get(item.dataset.key)));
}

/** Where an item is gone, the first is the next thing to look at. */
function refocus(list, key) {
  const again = [...list.children].find(child => child.dataset.key === key) || list.firstElementChild;
  again?.querySelector('a, button')?.focus({ preventScroll: true });
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

const near = (box, frame) => box.right > frame.left - 200 && box.left < frame.right + 200;

function move(item, from) {
  const to = item.getBoundingClientRect();
  const frames = from
    ? [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }]
    : [{ opacity: 0, transform: 'scale(.94)' }, { opacity: 1, transform: 'none' }];
  item.animate(frames, { duration: MILLIS, easing: 'cubic-bezier(.2, .7, .2, 1)' });
}
