/** How a search answers: near-duplicates folded, more diverse, exactly. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { isAsked } from './query.js';

const VARIED = [
  [0, 'Likest first'],
  [0.3, 'More diverse'],
  [0.7, 'Most diverse'],
];

/** Makes the options. @returns {{element: HTMLElement, show: (collection: Object, query: Object) => void}} */
export function options() {
  const element = h('span.options.row');
  function show(collection, query) {
    element.hidden = !isAsked(query);
    replace(element,
      toggle('Fold copies', 'fold', query.fold, 'Near-duplicates become one stack'),
      collection.recall && toggle('Exact', 'exact', query.exact, 'Compare with every photo, not by the graph'),
      diversity(query));
  }
  return { element, show };
}

function toggle(text, name, isOn, title) {
  return h('button.chip', { type: 'button', title, 'aria-pressed': String(isOn), onclick: () => address.go({ [name]: isOn ? null : 1 }) }, text);
}

function diversity({ vary }) {
  const nearest = VARIED.reduce((best, each) => (Math.abs(each[0] - vary) < Math.abs(best[0] - vary) ? each : best));
  const select = h('select.chip', { 'aria-label': 'Diversity', onchange: () => address.go({ vary: Number(select.value) || null }) },
    VARIED.map(([value, text]) => h('option', { value }, text)));
  select.value = String(nearest[0]);
  return select;
}
