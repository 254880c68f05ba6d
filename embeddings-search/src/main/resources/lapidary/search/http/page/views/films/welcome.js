/** "Rate five films": for somebody new, films that most people know, each with its five buttons; with every rating the lists below change. */

import { h, replace } from '../../core/dom.js';
import { colours } from './genres.js';
import { motif } from './motif.js';
import { arrange } from './moving.js';
import * as ratings from './ratings.js';
import { stars } from './stars.js';
import { size } from './tile.js';

/** From so many ratings on the list is somebody's own. */
export const ENOUGH = 5;

const SHOWN = 8;
const SIZES = [[9, 22], [16, 19], [26, 16], [60, 14]];

/**
 * @param {{least: number, most: number}} scale
 * @returns {{element: HTMLElement, update: (films: import('./ask.js').Film[]) => void}} `update` takes films of which those rated are left out
 */
export function welcome(scale) {
  const skipped = new Set();
  let films = [];
  const title = h('h2');
  const reason = h('p.soft');
  const progress = h('div.progress', { role: 'img' });
  const list = h('ul.cards-to-rate', { 'aria-label': 'Films to rate' });
  const element = h('section.welcome', { 'aria-label': 'Rate films' }, h('div.welcome-head', {}, h('div', {}, title, reason), progress), list);

  function update(known) {
    films = known;
    const done = ratings.count();
    const left = Math.max(0, ENOUGH - done);
    title.textContent = done ? (left ? `${left} more, and the list is yours` : 'Rate more') : 'Rate five films you have seen';
    replace(reason, done ? 'Each rating changes the lists below at once.' : 'The lists below become yours, and change with each rating. ',
      h('span', {}, ' Ratings stay in this browser.'));
    progress.setAttribute('aria-label', `${Math.min(done, ENOUGH)} of ${ENOUGH} rated`);
    replace(progress, Array.from({ length: ENOUGH }, (_, i) => h('i', { class: i < done ? 'done' : '' })));
    draw();
  }

  function draw() {
    const open = films.filter(film => ratings.of(film.id) === undefined && !skipped.has(film.id)).slice(0, SHOWN);
    arrange(list, open.map(card));
  }

  function card(film) {
    return h('li.to-rate', { 'data-key': film.id, style: { ...colours(film), '--size': size(film.name, 150, SIZES) } }, motif(film),
      h('b', {}, film.name), h('small', {}, film.year || '', skip(film)), stars(film, scale));
  }

  function skip(film) {
    return h('button.skip-film', { type: 'button', 'aria-label': `${film.name}: not seen`, onclick: () => { skipped.add(film.id); draw(); } }, 'not seen');
  }

  return { element, update };
}
