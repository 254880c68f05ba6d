/** The photos: search by words, pictures and examples, narrow down, look closely. */

import { address } from '../core/address.js';
import { isAborted } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { bind } from '../core/keys.js';
import { counted } from '../core/text.js';
import * as served from '../core/served.js';
import { waiting } from '../core/waiting.js';
import { trouble } from '../frame/messages.js';
import { addDialog } from './photos/add.js';
import { page } from './photos/ask.js';
import { chips } from './photos/chips.js';
import { unknownCollection, withoutCollections } from './photos/first.js';
import { keys } from './photos/keys.js';
import { labels } from './photos/labels.js';
import { isAsked, read } from './photos/query.js';
import { selection } from './photos/selection.js';
import { skeleton } from './photos/skeleton.js';
import { find } from './photos/source.js';
import { stage } from './photos/stage.js';
import { top } from './photos/top.js';

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  const selected = selection(frame, { onremoved: (collection, id) => removed(collection, id), onclosed: () => address.go({ sel: null }) });
  const add = addDialog({ onadded: (number, collection) => added(number, collection) });
  let now = { key: '', collection: null, query: null, found: null };
  let asking = new AbortController();
  let loading = null;

  const work = stage(host, frame, { onend: () => more(), more: [add.element] });
  const unbind = bind(keys({ grid: work.grid, query: () => now.query, isInspecting: frame.inspector.isOpen }));
  const above = top(frame, { now: () => now, isMounted: work.isMounted, onadd: adding });

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
    const arrived = waiting(work.place, skeleton, isAsked(query) ? `Searching ${counted(collection.count, 'photo')} …` : 'Loading …');
    try {
      const found = await find(collection, query, asking.signal);
      if (key === now.key) shown(found);
    } finally {
      arrived();
    }
  }

  function heading(collection, query) {
    frame.actions(above.actions());
    frame.query(query.words, chips(collection, query));
    frame.title('Photos', query.words || collection.name);
    work.options(collection, query);
  }

  function shown(found) {
    const { collection, query } = now;
    now.found = found;
    loading = null;
    work.show(collection, query, found, asking.signal);
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
      work.grid.more(found.items);
    } catch (problem) {
      if (!isAborted(problem)) frame.say(`${problem.message} ${problem.way || ''}`, { label: 'Try again', run: () => { loading = null; more(); } });
    }
  }

  function select(id) {
    work.grid.select(id);
    selected.show(now, id);
  }

  async function nowhere(state) {
    now = { key: '', collection: null, query: null, found: null };
    work.clear();
    frame.actions([]);
    const name = state.get('in');
    replace(work.place, name ? await unknownCollection(name) : withoutCollections());
  }

  function failed(problem) {
    now.key = '';
    work.clear();
    const all = h('button.quiet', { type: 'button', onclick: () => address.go({ in: address.read().get('in') }, { fresh: true }) }, 'Show all photos');
    const retry = () => { served.refresh(); show(address.read()); };
    replace(work.place, trouble(problem, { retry, acts: now.query && isAsked(now.query) ? [all] : [] }));
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

  async function adding(files) {
    const collection = await frame.collection();
    if (collection) add.open(collection, (await labels(collection)).map(each => each.value), files);
  }

  function unmount() {
    asking.abort();
    unbind();
    work.unmount();
    now.key = '';
  }

  return { show, unmount };
}
