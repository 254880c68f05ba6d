/** What can be done with the points, by buttons. */

import { attribute, h } from '../core/dom.js';
import { lassoButton } from './lasso.js';

/**
 * Makes it.
 * @param {ReturnType<import('./projector.js').projector>} projector
 * @param {{lasso?: boolean, onflat?: (flat: boolean) => void}} [options]
 */
export function toolbar(projector, { lasso = true, onflat = () => {} } = {}) {
  const space = h('button', { type: 'button', onclick: () => change(false) }, '3-D');
  const plane = h('button', { type: 'button', onclick: () => change(true) }, '2-D');
  const draws = lassoButton(on => projector.draw(on));
  const element = h('div.tools', { role: 'toolbar', 'aria-label': 'View' }, space, plane, lasso && draws.element,
    h('button.zoom', { type: 'button', 'aria-label': 'Nearer', onclick: () => projector.zoom(1.5) }, '+'),
    h('button.zoom', { type: 'button', 'aria-label': 'Farther', onclick: () => projector.zoom(1 / 1.5) }, '−'),
    h('button', { type: 'button', onclick: () => projector.reset() }, 'Reset'));

  function change(flat) {
    show(flat);
    projector.flatten(flat);
    onflat(flat);
  }

  function show(flat) {
    attribute(space, 'aria-pressed', String(!flat));
    attribute(plane, 'aria-pressed', String(flat));
  }

  show(projector.isFlat());
  return { element, show, endLasso: () => draws.set(false) };
}
