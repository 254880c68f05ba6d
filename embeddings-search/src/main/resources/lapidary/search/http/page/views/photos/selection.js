/** The photo that the address selects, in the inspector. */

import { api, isAborted } from '../../core/api.js';
import { fileName } from '../../core/text.js';
import { trouble } from '../../frame/messages.js';
import { details } from './details.js';

/**
 * @param {import('../../frame/frame.js').Frame} frame
 * @param {{onremoved: (collection: Object, id: string) => void, onclosed: () => void}} tells
 * @returns {{show: (now: {collection: Object, query: Object, found: import('./source.js').Found}, id: string|null) => Promise<void>}}
 */
export function selection(frame, { onremoved, onclosed }) {
  let looking = new AbortController();
  let key = '';

  async function show({ collection, query, found }, id) {
    const next = id === null ? '' : JSON.stringify([collection.name, id, query]);
    if (next === key && id !== null && frame.inspector.isOpen()) return;
    key = next;
    // What is still on its way would open the inspector again.
    looking.abort();
    looking = new AbortController();
    if (id === null) return frame.inspector.hide();
    await fill(collection, query, found, id, looking.signal);
  }

  function closed() {
    key = '';
    looking.abort();
    onclosed();
  }

  async function fill(collection, query, found, id, signal) {
    const open = body => frame.inspector.show({ label: `Photo ${fileName(id)}`, body, onclose: closed });
    try {
      const item = found?.items.find(each => each.id === id) || await one(collection, id, signal);
      if (!signal.aborted) open(details({ collection, item, query, signal, score: Boolean(found?.scores.length) && 'score' in item, onremoved: () => onremoved(collection, id) }));
    } catch (problem) {
      if (!isAborted(problem)) open(trouble(problem, { retry: () => fill(collection, query, found, id, signal) }));
    }
  }

  return { show };
}

function one(collection, id, signal) {
  return api.json(`/v1/collections/${encodeURIComponent(collection.name)}/items/${encodeURIComponent(id)}`, { signal });
}
