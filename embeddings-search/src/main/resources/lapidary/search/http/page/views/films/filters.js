/** Which films are shown: genres, years, how many ratings at least. All of it is in the address. */

import { address } from '../../core/address.js';
import { attribute, h, replace } from '../../core/dom.js';
import { count } from '../../core/text.js';
import { colour } from './genres.js';

/** Of films that fewer people rated, little has been learned. */
export const USUAL_LEAST = 20;

const LEASTS = [0, 5, 20, 50, 100, 200];

/** What the address says. @param {ReturnType<typeof address.read>} state @returns {import('./ask.js').Filter} */
export function read(state) {
  return { genres: state.all('genre'), from: number(state.get('from')), to: number(state.get('to')), min: number(state.get('min')) ?? USUAL_LEAST };
}

/** Whether films are left out by more than is usual. @param {import('./ask.js').Filter} filter */
export const narrows = filter => filter.genres.length > 0 || filter.from !== null || filter.to !== null;

/** The change of the address that shows all genres and years again. */
export const NONE = { genre: null, from: null, to: null, min: null };

/** What is left out, in words: `Crime films of the 1990s`. @param {import('./ask.js').Filter} filter */
export function words({ genres, from, to }) {
  const years = from === null && to === null ? '' : from !== null && to === from + 9 ? ` of the ${from}s` : ` from ${from ?? 'the beginning'} to ${to ?? 'today'}`;
  return `${genres.length ? `${genres.join(', ')} films` : 'Films'}${years}`;
}

/**
 * Makes the bar of filters.
 * @param {import('./ask.js').Facets} facets
 * @returns {{element: HTMLElement, show: (filter: import('./ask.js').Filter) => void}}
 */
export function filters(facets) {
  const chips = facets.genres.map(genre => chip(genre.name, `${genre.name}`, genre.count));
  const every = h('button.chip', { type: 'button', onclick: () => address.go({ genre: null }) }, 'All genres');
  const decades = h('select.ghost', { 'aria-label': 'Years', onchange: () => address.go(decade(decades.value)) },
    h('option', { value: '' }, 'Any year'), decadesOf(facets.years).map(year => h('option', { value: year }, `${year}s`)), h('option', { value: 'other', hidden: true }));
  const least = h('select.ghost', { 'aria-label': 'Number of ratings', onchange: () => address.go({ min: Number(least.value) === USUAL_LEAST ? null : least.value }) });
  const genres = h('div.genres', { role: 'group', 'aria-label': 'Genres' }, every, chips);
  const unfold = h('button.quiet.unfold', { type: 'button', 'aria-expanded': 'false', onclick: () => fold() }, 'More');
  const element = h('div.bar.films-bar', {}, genres, unfold, h('div.row.films-limits', {}, decades, least));

  /** One line of genres, or all of them. */
  function fold() {
    const open = genres.classList.toggle('open');
    attribute(unfold, 'aria-expanded', String(open));
    unfold.textContent = open ? 'Fewer' : 'More';
  }

  function chip(name, label, films) {
    return h('button.chip', {
      type: 'button', 'data-genre': name, style: { '--k': colour(name) }, onclick: () => toggle(name),
    }, h('i.dot', { 'aria-hidden': 'true' }), label, h('b', {}, count(films)));
  }

  function show(filter) {
    attribute(every, 'aria-pressed', String(!filter.genres.length));
    chips.forEach(each => attribute(each, 'aria-pressed', String(filter.genres.includes(each.dataset.genre))));
    if (!genres.classList.contains('open')) chips.find(each => filter.genres.includes(each.dataset.genre))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const exact = filter.from !== null && filter.from % 10 === 0 && filter.to === filter.from + 9;
    decades.lastChild.textContent = `${filter.from ?? '…'} to ${filter.to ?? '…'}`;
    decades.value = exact ? String(filter.from) : filter.from === null && filter.to === null ? '' : 'other';
    const all = [...new Set([...LEASTS, filter.min])].sort((a, b) => a - b);
    replace(least, all.map(number => h('option', { value: number }, number ? `At least ${number} ratings` : 'Any number of ratings')));
    least.value = String(filter.min);
  }

  return { element, show };
}

function toggle(genre) {
  const chosen = address.read().all('genre');
  address.go({ genre: chosen.includes(genre) ? chosen.filter(each => each !== genre) : [...chosen, genre] });
}

function decade(value) {
  return value ? { from: value, to: Number(value) + 9 } : { from: null, to: null };
}

function decadesOf(years) {
  if (!years) return [];
  const last = Math.floor(years.last / 10) * 10;
  const first = Math.floor(years.first / 10) * 10;
  return Array.from({ length: (last - first) / 10 + 1 }, (_, i) => last - i * 10);
}

function number(text) {
  return text && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
