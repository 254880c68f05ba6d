/** The space view. */

import { h } from '../core/dom.js';

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  frame.top({});
  frame.title('Space');
  host.replaceChildren(h('h1', {}, 'Space'));
  return { show() {}, unmount() {} };
}
