/** The shape of a grid that comes. */

import { h } from '../../core/dom.js';

const WIDTHS = [200, 150, 113, 225, 150, 200, 150, 180, 113, 200, 225, 150];

/** @returns {HTMLElement} three rows of tiles */
export function skeleton() {
  return h('div.grid-skeleton', {}, [0, 5, 3].map(from => h('div', {}, WIDTHS.map((_, i) => h('i.skeleton', { style: { 'flex-basis': `${WIDTHS[(i + from) % WIDTHS.length]}px` } })))));
}
