/** One film in detail: rate it, why it stands where it does, its place among all, and those like it. */

import { address } from '../../core/address.js';
import { isAborted } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { count, counted, likeness } from '../../core/text.js';
import { trouble } from '../../frame/messages.js';
import * as ask from './ask.js';
import { colours } from './genres.js';
import { motif } from './motif.js';
import { plot } from './plot.js';
import * as ratings from './ratings.js';
import { stars } from './stars.js';
import { size, tile } from './tile.js';
import { place, signed, stars as written } from './words.js';

const SIMILAR = 12;
const SIZES = [[14, 32], [24, 27], [40, 22], [80, 18]];

/**
 * @param {import('../../frame/frame.js').Frame} frame
 * @param {import('./ask.js').Facets} facets
 * @returns {{show: (id: string, filter: import('./ask.js').Filter) => Promise<void>, rated: () => void, end: () => void}}
 */
export function detail(frame, facets) {
  let shown = null;
  let asked = new AbortController();
  let drawing = { end() {} };
  const mine = h('div');
  const why = h('div');

  async function show(id, filter) {
    if (shown?.id === id && shown.min === filter.min && frame.inspector.isOpen()) return;
    asked.abort();
    asked = new AbortController();
    try {
      const [found, all] = await Promise.all([ask.detail(id, filter.min, SIMILAR, asked.signal), ask.plot()]);
      shown = { id, min: filter.min, ...found };
      open(found, all, filter);
    } catch (problem) {
      if (!isAborted(problem)) present('A film', trouble(problem, { retry: () => show(id, filter) }));
    }
  }

  function present(label, body) {
    frame.inspector.show({ label, body, onclose: () => { shown = null; address.go({ sel: null }); } });
  }

  function open({ movie, similar }, all, filter) {
    drawing.end();
    drawing = plot(all, movie, filter.min);
    present(movie.name, h('article.film-detail', {}, banner(movie),
      facets.scale && [h('h3', {}, 'Your rating'), mine], why,
      h('h3', {}, 'Bias against mean rating, all films'), drawing.element,
      h('div.films-head', {}, h('h3', {}, 'Like this one'), more(movie)),
      h('ul.strip.small', { 'aria-label': `Films like ${movie.name}` }, similar.map(each => tile(each, `likeness ${likeness(each.score)}`)))));
    frame.title('Films', movie.name);
    rated();
  }

  /** What depends on the visitor's ratings. */
  async function rated() {
    if (!shown) return;
    const { movie } = shown;
    if (facets.scale) replace(mine, stars(movie, facets.scale));
    const expected = await expectation(movie);
    if (shown?.movie === movie) replace(why, reasons(shown, expected));
  }

  async function expectation(movie) {
    if (!facets.scale || !ratings.count() || ratings.of(movie.id) !== undefined) return undefined;
    try {
      const { expected } = await ask.visitor(ratings.all(), { genres: [], from: null, to: null, min: 0 }, { count: 1, about: [movie.id], signal: asked.signal });
      return expected[0].score;
    } catch {
      return undefined; // The rest of the reason stands without it, and the lists beside say what is wrong.
    }
  }

  return { show, rated, end: () => { asked.abort(); drawing.end(); } };
}

function banner(movie) {
  return h('header.film-banner', { style: { ...colours(movie), '--size': size(movie.name, 250, SIZES) } }, motif(movie),
    h('h1', {}, movie.name), h('p', {}, [movie.year, movie.genres.join(', ')].filter(Boolean).join(' · ')));
}

function reasons({ movie, place: at, among }, expected) {
  const own = ratings.of(movie.id);
  return h('div.why', {},
    expected !== undefined && h('p', {}, 'Expected from you: ', h('strong.number', {}, expected.toFixed(1)), '.'),
    own !== undefined && h('p', {}, 'You rated it ', h('strong.number', {}, written(own)), ', so it is left out of your lists.'),
    h('p', {}, movie.ratings ? ['Mean of ', counted(movie.ratings, 'rating'), ': ', h('strong.number', {}, movie.mean_rating.toFixed(2)), '.'] : 'Nobody has rated it.'),
    h('p', {}, 'Its bias, ', h('strong.number', {}, signed(movie.bias)), `, is ${place(at)} of ${count(among)}: `,
      movie.bias >= 0 ? 'it is liked more than films of its kind by the same people.' : 'it is liked less than films of its kind by the same people.'));
}

function more(movie) {
  const change = { list: 'similar', of: movie.id };
  return h('a.all', { href: address.href(change), onclick: event => { event.preventDefault(); address.go(change); } }, 'See all');
}
