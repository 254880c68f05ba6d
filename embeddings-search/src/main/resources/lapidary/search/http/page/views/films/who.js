/** For whom the lists are: the visitor, whose ratings can be seen and forgotten, or a user that the recommender knows. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { counted } from '../../core/text.js';
import { icon } from '../../frame/icons.js';
import * as ask from './ask.js';
import * as ratings from './ratings.js';
import { stars } from './words.js';

/**
 * @param {import('../../frame/frame.js').Frame} frame
 * @param {import('./ask.js').Facets} facets
 * @returns {{button: HTMLElement, update: () => void}}
 */
export function who(frame, facets) {
  const button = h('button.quiet', { type: 'button', 'aria-haspopup': 'dialog', onclick: () => open(frame, facets) });

  function update() {
    const user = address.read().get('user');
    replace(button, user ? `User ${user}` : ratings.count() ? `You, ${ratings.count()} rated` : 'You');
  }

  return { button, update };
}

function open(frame, facets) {
  const list = h('ul.my-ratings', { 'aria-label': 'Your ratings' });
  const dialog = h('dialog.who', { 'aria-label': 'Whose lists', onclose: () => dialog.remove() },
    h('div.dialog-head', {}, h('h1', {}, 'Whose lists'),
      h('button.round', { type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'))),
    list, actions(frame, () => dialog.close()), facets.predicts && known(() => dialog.close()));
  document.body.append(dialog);
  dialog.showModal();
  fill(list);
}

function actions(frame, close) {
  const you = address.read().get('user');
  return h('div.row', {},
    you && h('button.go', { type: 'button', onclick: () => { close(); address.go({ user: null }); } }, 'Show mine'),
    h('button.quiet', { type: 'button', disabled: !ratings.count(), onclick: () => { close(); forget(frame); } }, icon('trash'), 'Forget my ratings'));
}

/** Forgets all ratings, and offers to bring them back. */
function forget(frame) {
  const number = ratings.count();
  const bring = ratings.clear();
  frame.say(`${counted(number, 'rating')} forgotten.`, { label: 'Undo', run: bring });
}

function known(close) {
  const field = h('input.field', { 'aria-label': 'User id', placeholder: 'User id, such as 42', autocomplete: 'off', value: address.read().get('user') || '' });
  return h('form.row.known-user', {
    onsubmit: event => {
      event.preventDefault();
      close();
      address.go({ user: field.value.trim() || null, list: null, q: null });
    },
  }, h('p.soft', {}, 'Or of a user that the recommender was trained with:'), field, h('button.quiet', {}, 'Show'));
}

async function fill(list) {
  if (!ratings.count()) return replace(list, h('li.soft', {}, 'You have not rated a film yet. Ratings stay in this browser.'));
  replace(list, h('li.soft', {}, `${counted(ratings.count(), 'rating')}, in this browser only:`));
  const names = await Promise.all(ratings.all().reverse().map(named));
  list.append(...names.map(item));
  return list;
}

async function named({ movie, rating }) {
  const found = await ask.detail(movie, 0, 1).catch(() => null);
  return { movie, rating, name: found ? found.movie.name : movie };
}

function item({ movie, rating, name }) {
  const element = h('li', {}, h('span.number', {}, stars(rating)), h('span', {}, name),
    h('button.round', { type: 'button', 'aria-label': `Take back the rating of ${name}`, onclick: () => { ratings.rate(movie, null); element.remove(); } }, icon('close')));
  return element;
}
