/** What the inspector says of a film. */

import { address } from '../../core/address.js';
import { h } from '../../core/dom.js';

/** @param {Object} item @param {() => void} onfly */
export function film(item, onfly) {
  const { title, genre, ratings, mean_rating: mean, bias } = item.attributes;
  const fact = (name, value) => value !== undefined && [h('dt', {}, name), h('dd.number', {}, String(value))];
  return h('div.film-details', {},
    h('h2', {}, title),
    h('p.soft', {}, genre || ''),
    h('div.row', {},
      h('button.go', { type: 'button', onclick: () => address.go({ near: item.id, q: null }) }, 'Light up similar'),
      h('button.quiet', { type: 'button', onclick: onfly }, 'Fly there')),
    h('h3', {}, 'About'),
    h('dl', {}, fact('Ratings', ratings), fact('Mean', mean?.toFixed(2)), fact('Bias', bias?.toFixed(2)), fact('Id', item.id)),
    h('p', {}, h('a', { href: address.href({ view: 'films', sel: item.id }, { fresh: true }) }, 'Open among the films')));
}
