/** What lies over the points: names of axes and groups, pictures in place of points, a ring around one. */

import { h, style } from '../core/dom.js';

const PICTURE = 52;
/** With fewer points in sight pictures take their places. */
const CROWD = 600;
const MOST_PICTURES = 60;
const MOST_NAMES = 60;
const NAME_HEIGHT = 18;

/**
 * Makes it.
 * @param {(at: number[]) => [number, number, number]} spot a place on the screen
 * @param {(index: number) => number[]} place of a point
 * @param {() => boolean} isFlat
 */
export function overlay(spot, place, isFlat) {
  const axes = h('div');
  const names = h('div');
  const pictures = h('div');
  const ring = h('div.ring', { hidden: true });
  const element = h('div.over', { 'aria-hidden': 'true' }, pictures, axes, names, ring);
  let placed = [];
  let marked = -1;
  const shown = new Map();

  function follow() {
    const taken = [];
    const { clientWidth: width } = element;
    placed.forEach(each => {
      const [x, y, w] = spot(each.at);
      each.width ||= each.node.offsetWidth;
      const clear = !each.isName || taken.every(other => Math.abs(other.y - y) > NAME_HEIGHT || Math.abs(other.x - x) > (other.width + each.width) / 2 + 6);
      if (each.isName && clear) taken.push({ x, y, width: each.width });
      each.node.hidden = w <= 0 || !clear || (each.isDeep && isFlat());
      // An axis may end near the edge, on a phone above all; its name stays whole.
      move(each.node, each.isName ? x : Math.max(0, Math.min(x, width - each.width)), y);
    });
    shown.forEach((node, index) => move(node, ...spot(place(index))));
    if (marked >= 0) move(ring, ...spot(place(marked)));
  }

  /** @param {Array<{text: string, at: number[]}>} given */
  function name(given, kind) {
    const made = given.slice(0, kind === 'axis' ? 3 : MOST_NAMES).map(({ text, at }, i) => ({
      node: h(`span.${kind}-name`, {}, text), at, isName: kind === 'group', isDeep: kind === 'axis' && i === 2,
    }));
    (kind === 'axis' ? axes : names).replaceChildren(...made.map(each => each.node));
    placed = placed.filter(each => each.isName !== (kind === 'group')).concat(made);
    follow();
  }

  /** Shows pictures where few points are in sight. @param {ReturnType<import('./screen.js').screen>} seen */
  function picture(seen, provide) {
    const wanted = new Set(provide && seen.shown <= CROWD ? seen.apart(MOST_PICTURES, PICTURE + 4) : []);
    shown.forEach((node, index) => {
      if (!wanted.has(index)) {
        node.remove();
        shown.delete(index);
      }
    });
    wanted.forEach(index => shown.has(index) || put(index, provide));
    follow();
  }

  function put(index, provide) {
    const image = h('img', { alt: '', width: PICTURE, height: PICTURE });
    const node = h('span.point-picture', {}, image);
    shown.set(index, node);
    pictures.append(node);
    Promise.resolve(provide(index)).then(
      url => (url ? image.setAttribute('src', url) : node.remove()),
      () => node.remove());
  }

  return {
    element, follow, name, picture,
    mark(index) {
      marked = index;
      ring.hidden = index < 0;
      if (index >= 0) follow();
    },
  };
}

function move(node, x, y) {
  style(node, { transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` });
}
