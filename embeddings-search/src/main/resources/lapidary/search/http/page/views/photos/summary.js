/** How many there are, how fast they came, and how surely these. */

import { h, replace } from '../../core/dom.js';
import { count, counted, duration } from '../../core/text.js';
import { MOST } from './ask.js';
import { hasLikeness, isAsked } from './query.js';

/** Makes the line. @returns {{element: HTMLElement, show: (collection: Object, query: Object, found: import('./source.js').Found) => void, clear: () => void}} */
export function summary() {
  const element = h('span.summary', { role: 'status' });
  function show(collection, query, found) {
    replace(element, h('strong.number', {}, headline(query, found)), ` in ${duration(found.millis)}, `, surely(collection, query));
  }
  return { element, show, clear: () => replace(element) };
}

function headline(query, { items, total }) {
  if (!isAsked(query)) return counted(total, 'photo');
  const cut = items.length === MOST ? 'The first ' : '';
  if (hasLikeness(query)) return `${cut}${count(items.length)} like ${one(query) ? 'this' : 'these'}`;
  return `${cut}${count(items.length)} found`;
}

function surely(collection, query) {
  if (!isAsked(query)) return 'all there are';
  if (collection.recall && !query.exact) return `approximate: ${Math.round(collection.recall.at10 * 1000) / 10} % of the nearest ten are found`;
  return 'exact';
}

const one = ({ near, like, less, pictures }) => (near ? 1 : 0) + like.length + less.length + pictures.length === 1;
