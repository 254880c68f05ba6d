/** What a model answered, as its kind of answer is read. */

import { h } from '../../core/dom.js';
import { likeness, percent } from '../../core/text.js';

/** @param {*} answer of the service @returns {HTMLElement} */
export function answer(answered) {
  const predictions = answered.predictions;
  if (!predictions) return raw(answered);
  if ('index' in (predictions[0] || {})) return classes(predictions);
  return h('div.answers', {}, predictions.map(predictions[0].rating === undefined ? row : rating));
}

function classes(predictions) {
  return h('ul.shares', {}, predictions.map(({ label, probability }) => share(label, probability)));
}

function share(label, probability) {
  return h('li', {}, h('b', {}, label), h('span', {}, likeness(probability)), h('i', { style: { '--p': percent(probability).replace(' ', '') } }));
}

function row({ label, probability, value }) {
  if (label !== undefined) return h('ul.shares', {}, share(label, probability));
  return h('p.big-number.number', {}, new Intl.NumberFormat('en', { maximumSignificantDigits: 6 }).format(value));
}

function rating({ user, item, rating: stars, known_user: knownUser, known_item: knownItem }) {
  return h('div', {}, h('p.big-number.number', {}, stars.toFixed(2)),
    h('p.soft', {}, `what ${knownUser ? `user ${user}` : 'an average user'} would give ${knownItem ? `item ${item}` : 'an average item'}`));
}

function raw(answered) {
  const text = JSON.stringify(answered, null, 1);
  return h('pre.code', { tabIndex: 0 }, text.length > 4000 ? `${text.slice(0, 4000)} …` : text);
}
