/** The space: all items as points, coloured, searched, drawn around. */

import { address } from '../core/address.js';
import { api, isAborted } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { percent } from '../core/text.js';
import { waiting } from '../core/waiting.js';
import { trouble } from '../frame/messages.js';
import { withoutCollections, unknownCollection } from './photos/first.js';
import { keep } from './photos/sent.js';
import { drawing } from './space/drawing.js';
import { ofCollection, ofFilms } from './space/source.js';

const films = async () => api.json('/v1/movies?limit=1').then(() => true, () => false);

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  const place = h('div.space-place');
  const said = h('div.space-said');
  let shown = { key: '', drawing: null };
  let asking = new AbortController();
  host.classList.add('whole');
  replace(host, h('h1.hidden-text', {}, 'Space'), place, said);
  top();

  function top() {
    frame.top({
      picker: true,
      search: {
        label: 'Find in the space', placeholder: 'Find by words or a picture',
        onwords: words => address.go({ q: words || null, near: null, like: null, less: null, picture: null }),
        onpictures: files => address.go({ picture: files.map(keep), q: null, near: null }),
      },
    });
  }

  /** Follows the address. @param {ReturnType<typeof address.read>} state */
  async function show(state) {
    try {
      const [source, more] = await whose(state);
      if (!source) return;
      const key = `${source.path} ${state.get('method') || 'pca'}`;
      if (key !== shown.key) await change(key, source, more, state);
      if (key === shown.key) await shown.drawing?.show(address.read());
    } catch (problem) {
      if (!isAborted(problem)) failed(problem);
    }
  }

  async function whose(state) {
    const [collection, hasFilms] = await Promise.all([frame.collection(), films()]);
    const more = { films: hasFilms, collection: collection?.name };
    if (state.get('in') && !collection && !state.get('of')) return nothing(await unknownCollection(state.get('in')));
    if (hasFilms && (state.get('of') === 'films' || !collection)) return [ofFilms(), more];
    return collection ? [ofCollection(collection), more] : nothing(withoutCollections());
  }

  function nothing(content) {
    close();
    replace(said, content);
    return [null];
  }

  /** What was drawn stays until there is something else to draw. */
  async function change(key, source, more, state) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    shown.key = key;
    said.replaceChildren();
    const isFirst = !shown.drawing;
    const arrived = waiting(isFirst ? place : said, () => h('div', { class: isFirst ? 'skeleton space-skeleton' : '' }), `Placing the items of ${source.name} …`);
    try {
      const next = await drawing({ source, more, frame, signal, method: state.get('method') || 'pca', onwaiting: computing });
      signal.throwIfAborted();
      close();
      await next.mount(place);
      if (signal.aborted) return next.close();
      shown = { key, drawing: next };
      said.replaceChildren();
    } finally {
      arrived();
    }
  }

  function computing(seconds, progress) {
    replace(said, h('p.space-note.computing', { role: 'status' }, `The server places the items: ${percent(progress)} after ${Math.round(seconds)} s.`,
      h('progress', { value: progress, 'aria-label': 'Placed so far' })));
  }

  function close() {
    shown.drawing?.close();
    shown = { key: shown.key, drawing: null };
  }

  function failed(problem) {
    shown.key = '';
    replace(said, trouble(problem, { retry: () => { said.replaceChildren(); show(address.read()); } }));
  }

  return {
    show,
    unmount() {
      asking.abort();
      close();
      host.classList.remove('whole');
    },
  };
}
