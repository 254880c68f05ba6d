/** The films: rows for whoever looks, search as one types, filters, and each film in detail. */

import { address } from '../core/address.js';
import { isAborted } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { waiting } from '../core/waiting.js';
import { empty, trouble } from '../frame/messages.js';
import * as ask from './films/ask.js';
import { detail } from './films/detail.js';
import { filters, read } from './films/filters.js';
import { moves } from './films/moves.js';
import * as ratings from './films/ratings.js';
import { results } from './films/results.js';
import { rows } from './films/rows.js';
import { mark } from './films/tile.js';
import { who } from './films/who.js';

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  let view = null;
  frame.top({
    search: { label: 'Search films', placeholder: 'A title, a word of one, or a year', live: true, onwords: words => address.go({ q: words || null, list: null, of: null }, { replace: Boolean(address.read().get('q')) }) },
  });
  frame.title('Films');
  const place = h('div.films');
  replace(host, h('h1.hidden-text', {}, 'Films'), place);

  async function show(state) {
    try {
      view ||= await open(place, frame);
      if (view) await view.show(state);
    } catch (problem) {
      if (!isAborted(problem)) replace(place, trouble(problem, { retry: () => { ask.refresh(); view?.end(); view = null; show(address.read()); } }));
    }
  }

  return { show, unmount: () => { view?.end(); frame.inspector.hide(); } };
}

/** Asks what there is, and builds the view of it; nothing where no films are served. */
async function open(place, frame) {
  const arrived = waiting(place, shape, 'Asking for the films …');
  try {
    const facets = await ask.facets();
    if (ratings.count()) ratings.keepOnly(new Set((await ask.plot()).ids));
    return build(place, frame, facets);
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    replace(place, none());
    return { show() {}, end() {} };
  } finally {
    arrived();
  }
}

function build(place, frame, facets) {
  const bar = filters(facets);
  const list = rows(facets);
  const grid = results();
  const said = h('div');
  const film = detail(frame, facets);
  const whose = who(frame, facets);
  let asked = new AbortController();
  let shown = '';
  let left = 0;
  frame.actions([whose.button]);
  list.element.hidden = grid.element.hidden = true;
  replace(place, bar.element, said, list.element, grid.element);
  const ends = [ratings.listen(rated), moves(place, facets.scale)];

  async function show(state) {
    const filter = read(state);
    frame.query(state.get('q') || '');
    bar.show(filter);
    whose.update();
    if (state.get('sel')) film.show(state.get('sel'), filter);
    else { frame.inspector.hide(); frame.title('Films'); }
    await lists(state, filter);
    mark(document.body, state.get('sel'));
  }

  /** Asks again only where something else is to be listed. */
  async function lists(state, filter) {
    const single = Boolean(state.get('q') || state.get('list'));
    const wanted = JSON.stringify([filter, ...['q', 'list', 'of', 'user'].map(name => state.get(name)), ratings.all()]);
    if (wanted === shown) return;
    asked.abort();
    asked = new AbortController();
    shown = wanted;
    const arrived = waiting(said, shape, 'Asking for films …');
    try {
      await (single ? grid.update(state, filter, asked.signal) : list.update(filter, state.get('user'), asked.signal));
      replace(said);
      turn(single);
    } catch (problem) {
      if (isAborted(problem)) return;
      shown = '';
      replace(said, trouble(problem, { retry: () => show(address.read()) }));
    } finally {
      arrived();
    }
  }

  /** From rows to a grid and back: each is where it was left. */
  function turn(single) {
    const host = place.parentElement;
    const was = !grid.element.hidden;
    if (!was && single) left = host.scrollTop;
    list.element.hidden = single;
    grid.element.hidden = !single;
    if (was !== single) host.scrollTop = single ? 0 : left;
  }

  function rated() {
    film.rated();
    show(address.read());
  }

  return { show, end: () => { asked.abort(); film.end(); ends.forEach(end => end()); } };
}

function shape() {
  return h('div.films-shape', {}, [1, 2, 3].map(() => h('div.strip', {}, Array.from({ length: 9 }, () => h('div.film.skeleton')))));
}

function none() {
  return empty({
    title: 'No films yet',
    text: 'Films come from a recommender: train one on ratings, export its two files and serve them. Of who rated what nothing is in them.',
    commands: [
      { about: 'Train on the embedded sample of ratings, in seconds', command: './lapidary train collab --data ratings-sample --out runs/films' },
      { about: 'Export ratings and items', command: './lapidary export runs/films -o ratings.onnx --items items.onnx' },
      { about: 'Serve them', command: './lapidary serve --items items.onnx --ratings ratings.onnx \\\n  --ratings-data ratings-sample' },
    ],
  });
}
