/** Films as a grid: what a search found, or all of a row. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { counted, duration } from '../../core/text.js';
import { empty } from '../../frame/messages.js';
import * as ask from './ask.js';
import { NONE, narrows, words } from './filters.js';
import { arrange } from './moving.js';
import * as ratings from './ratings.js';
import { notes, REASONS } from './rows.js';
import { tile } from './tile.js';

const SHOWN = 200;

const LISTS = {
  best: { title: () => 'Best liked for what they are', reason: REASONS.best, note: notes.bias, films: (state, filter, signal) => ask.byBias('best', filter, SHOWN, signal) },
  worst: { title: () => 'Least liked for what they are', reason: REASONS.worst, note: notes.bias, films: (state, filter, signal) => ask.byBias('worst', filter, SHOWN, signal) },
  known: { title: () => 'Best known', reason: REASONS.known, note: notes.ratings, films: (state, filter, signal) => ask.find('', filter, SHOWN, signal) },
  you: {
    title: () => 'For you', reason: 'By what you are expected to rate. Films that you rated are left out.', note: notes.expected,
    films: async (state, filter, signal) => (await ask.visitor(ratings.all(), filter, { count: SHOWN, signal })).for_you,
  },
  user: {
    title: state => `For user ${state.get('user')}`, reason: 'By predicted rating.', note: notes.expected,
    films: async (state, filter, signal) => (await ask.recommended(state.get('user') || '', filter, SHOWN, signal)).movies,
  },
  similar: {
    title: (state, name) => `Like ${name}`, reason: 'Nearest by what the same people like.', note: notes.likeness,
    films: (state, filter, signal) => ask.similar(state.get('of') || '', filter, SHOWN, state.get('user') ? [] : ratings.ids(), signal),
    name: async state => (await ask.detail(state.get('of') || '', 0, 1)).movie.name,
  },
};

/** @returns {{element: HTMLElement, update: (state: Object, filter: import('./ask.js').Filter, signal: AbortSignal) => Promise<void>}} */
export function results() {
  const title = h('h1');
  const reason = h('p.soft');
  const found = h('p.soft.number', { role: 'status' });
  const list = h('ul.films-grid', { 'aria-label': 'Films' });
  const nothing = h('div');
  const back = h('a.all', { href: '/films', onclick: event => { event.preventDefault(); address.go({ q: null, list: null, of: null }); } }, 'All rows');
  const element = h('section.films-results', {}, h('div.films-head', {}, h('div', {}, title, reason, found), back), list, nothing);

  async function update(state, filter, signal) {
    const begun = performance.now();
    const q = state.get('q');
    const asked = q ? search(q) : LISTS[state.get('list')] || LISTS.best;
    const [films, name] = await Promise.all([asked.films(state, filter, signal), asked.name?.(state)]);
    title.textContent = asked.title(state, name);
    reason.textContent = asked.reason;
    found.textContent = `${counted(films.length, 'film')}${films.length === SHOWN ? ' shown' : ''} · ${duration(performance.now() - begun)}`;
    arrange(list, films.map(film => tile(film, asked.note(film))));
    replace(nothing, films.length ? null : none(q, filter));
  }

  return { element, update };
}

function search(words) {
  return { title: () => `“${words}”`, reason: 'The best fit first; parts of words and typing errors are understood.', note: notes.bias, films: (state, filter, signal) => ask.find(words, filter, SHOWN, signal) };
}

function none(q, filter) {
  const acts = [
    narrows(filter) && h('button.go', { type: 'button', onclick: () => address.go(NONE) }, 'All genres and years'),
    filter.min > 0 && h('button.quiet', { type: 'button', onclick: () => address.go({ min: 0 }) }, 'Seldom rated films too'),
    q && h('button.quiet', { type: 'button', onclick: () => address.go({ q: null }) }, 'All rows'),
  ];
  return empty({ title: q ? `No film fits “${q}”` : 'No such film', text: `Looked for among ${words(filter).toLowerCase()}${filter.min ? ` with at least ${counted(filter.min, 'rating')}` : ''}.`, acts: acts.filter(Boolean) });
}
