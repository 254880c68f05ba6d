/** The list of keys. */

import { h } from '../core/dom.js';
import { icon } from './icons.js';

const KEYS = [
  ['/', 'Search'],
  ['← → ↑ ↓', 'Move'],
  ['Enter', 'Open'],
  ['l', 'Like'],
  ['u', 'Less like this'],
  ['s', 'Similar'],
  ['Esc', 'Back'],
  ['?', 'These keys'],
];

/** Makes the list. @returns {{element: HTMLDialogElement, toggle: () => void}} */
export function shortcuts() {
  const element = h('dialog.shortcuts', { 'aria-label': 'Keyboard shortcuts' },
    h('div.dialog-head', {}, h('h1', {}, 'Keys'),
      h('button.round', { type: 'button', 'aria-label': 'Close', onclick: () => element.close() }, icon('close'))),
    h('dl', {}, KEYS.map(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])));
  return { element, toggle: () => (element.open ? element.close() : element.showModal()) };
}
