/** The photos: search by words, pictures and examples, narrow down, look closely. */

import { address } from '../core/address.js';
import { isAborted } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { bind } from '../core/keys.js';
import { counted } from '../core/text.js';
import * as served from '../core/served.js';
import { waiting } from '../core/waiting.js';
import { trouble } from '../frame/messages.js';
import { addButton, addDialog } from './photos/add.js';
import { page } from './photos/ask.js';
import { chips } from './photos/chips.js';
import { filters } from './photos/filters.js';
import { nothingFound, unknownCollection, withoutCollections } from './photos/first.js';
import { grid } from './photos/grid.js';
import { keys } from './photos/keys.js';
import { labels } from './photos/labels.js';
import { likenessSlider } from './photos/likeness.js';
import { options } from './photos/options.js';
import { isAsked, read } from './photos/query.js';
import { selection } from './photos/selection.js';
import { keep } from './photos/sent.js';
import { skeleton } from './photos/skeleton.js';
import { find } from './photos/source.js';
import { strip } from './photos/strip.js';
import { summary } from './photos/summary.js';

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  const parts = {
    summary: summary(), options: options(), slider: likenessSlider(min => address.go({ min }, { replace: true })), filters: filters(),
    grid: grid(host, { onopen: item => address.go({ sel: item.id }), onend: () => more() }), place: h('div.place'), strip: strip(host),
  };
  const selected = selection(frame, { onremoved: (collection, id) => removed(collection, id), onclosed: () => address.go({ sel: null }) });
  const add = addDialog({ onadded: (number, collection) => added(number, collection) });
  let now = { key: '', collection: null, query: null, found: null };
  let asking = new AbortController();
  let loading = null;
  let writing = [];

  const bar = h('div.bar', {}, parts.summary.element, h('span.spring'), parts.slider.element);
  const narrowing = h('div.narrowing', {}, parts.filters.element, parts.options.element);
  replace(host, h('h1.hidden-text', {}, 'Photos'), parts.strip.element, bar, narrowing, parts.place, parts.grid.element, add.element);
  const unbind = bind(keys({ grid: parts.grid, query: () => now.query, isInspecting: frame.inspector.isOpen }));
  top();

  /** Follows the address. @param {ReturnType<typeof address.read>} state */
  async function show(state) {
    try {
      const collection = await frame.collection();
      if (!collection) return await nowhere(state);
      const query = read(state);
      const key = JSON.stringify([collection.name, query]);
      if (key !== now.key) await load(key, collection, query);
      if (key === now.key) select(address.read().get('sel'));
    } catch (problem) {
      if (!isAborted(problem)) failed(problem);
    }
  }

  async function load(key, collection, query) {
    asking.abort();
    asking = new AbortController();
    now = { key, collection, query, found: null };
    heading(collection, query);
    const arrived = waiting(parts.place, skeleton, isAsked(query) ? `Searching ${counted(collection.count, 'photo')} …` : 'Loading …');
    try {
      const found = await find(collection, query, asking.signal);
      if (key === now.key) shown(found);
    } finally {
      arrived();
    }
  }

  function heading(collection, query) {
    frame.actions(writing);
    frame.query(query.words, chips(collection, query));
    frame.title('Photos', query.words || collection.name);
    parts.options.show(collection, query);
  }

  function shown(found) {
    const { collection, query } = now;
    now.found = found;
    loading = null;
    host.scrollTop = 0;
    parts.summary.show(collection, query, found);
    parts.slider.show(found.scores, query.min);
    replace(parts.place, found.items.length ? [] : nothingFound({ isAsked: isAsked(query), isFiltered: query.labels.length + query.values.length > 0 || query.min !== null, isEmpty: !collection.count }));
    parts.grid.show({ collection: collection.name, items: found.items, score: found.scores.length > 0, total: found.total });
    parts.strip.show(collection, isAsked(query) ? found.items.map(item => item.id) : null).catch(problem => frame.say(problem.message));
    parts.filters.show(collection, query, found.items, asking.signal).catch(problem => { if (!isAborted(problem)) frame.say(problem.message); });
  }

  /** The next page of all items, one at a time. */
  async function more() {
    const { found, collection, query } = now;
    if (!found?.next || loading) return;
    loading = page(collection, query, found.next, asking.signal);
    try {
      const { items, next } = await loading;
      if (now.found !== found) return;
      Object.assign(found, { items: [...found.items, ...items], next });
      loading = null;
      parts.grid.more(found.items);
    } catch (problem) {
      if (!isAborted(problem)) frame.say(`${problem.message} ${problem.way || ''}`, { label: 'Try again', run: () => { loading = null; more(); } });
    }
  }

  function select(id) {
    parts.grid.select(id);
    selected.show(now, id);
  }

  async function nowhere(state) {
    now = { key: '', collection: null, query: null, found: null };
    clear();
    frame.actions([]);
    const name = state.get('in');
    replace(parts.place, name ? await unknownCollection(name) : withoutCollections());
  }

  function failed(problem) {
    now.key = '';
    clear();
    const all = h('button.quiet', { type: 'button', onclick: () => address.go({ in: address.read().get('in') }, { fresh: true }) }, 'Show all photos');
    const retry = () => { served.refresh(); show(address.read()); };
    replace(parts.place, trouble(problem, { retry, acts: now.query && isAsked(now.query) ? [all] : [] }));
  }

  function clear() {
    parts.summary.clear();
    parts.slider.show([], null);
    parts.options.element.hidden = true;
    replace(parts.filters.element);
    parts.strip.unmount();
    parts.grid.show({ collection: '', items: [], score: false, total: 0 });
    frame.inspector.hide();
  }

  function removed(collection, id) {
    frame.say(`${id} is removed.`);
    again({ sel: null });
  }

  function added(number, collection) {
    frame.say(`${counted(number, 'photo')} added to ${collection.name}.`);
    again({});
  }

  /** The collection has changed: counts, labels and items are asked for anew. */
  function again(change) {
    served.refresh();
    now.key = '';
    const before = address.read().text;
    address.go(change, { replace: true });
    if (address.read().text === before) show(address.read());
  }

  function byPictures(files) {
    address.go({ picture: [...(now.query?.pictures || []), ...files.map(keep)], near: null, min: null, sel: null });
  }

  async function adding(files) {
    const collection = await frame.collection();
    if (collection) add.open(collection, (await labels(collection)).map(each => each.value), files);
  }

  async function top() {
    const drops = [{ label: 'Search by it', act: byPictures }];
    frame.top({
      picker: true, drops: () => (now.collection ? drops : []),
      search: { label: 'Search by words or picture', placeholder: 'Words, or paste, drop, photograph a picture', onwords: words => address.go({ q: words || null, min: null, sel: null }), onpictures: byPictures },
    });
    if (!await served.mayWrite().catch(() => false)) return;
    drops.push({ label: 'Add to the collection', act: adding });
    writing = [addButton(adding)];
    if (host.contains(bar) && now.collection) frame.actions(writing);
  }

  function unmount() {
    asking.abort();
    unbind();
    parts.grid.unmount();
    parts.strip.unmount();
    now.key = '';
  }

  return { show, unmount };
}
