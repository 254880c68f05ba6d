/** One item that is looked at: a ring around its point, lines to its nearest, and what it is in the inspector. */

import { api } from '../../core/api.js';
import { nearest } from '../photos/ask.js';
import { details } from '../photos/details.js';
import { film } from './film.js';
import { items } from './points.js';

const NEAREST = 8;

/**
 * Shows it.
 * @param {{source: import('./source.js').Source, of: import('./points.js').Projection, drawn: Object, frame: Object, item: Object, signal: AbortSignal, state: Object, onclosed: () => void}} content
 */
export async function selected({ source, of, drawn, frame, item, signal, state, onclosed }) {
  drawn.mark(item.index);
  drawn.bring(item.index);
  frame.inspector.show({
    label: 'Selected item', onclose: onclosed,
    body: source.collection
      ? details({ collection: source.collection, item, query: state, say: frame.say, onremoved: onclosed, signal })
      : film(item, () => drawn.flyTo(item.index)),
  });
  const ids = await near(source, item.id, signal);
  const placed = await items(source, of, { ids }, signal);
  drawn.mark(item.index, placed.map(each => each.index));
}

async function near(source, id, signal) {
  if (source.collection) return (await nearest(source.collection, id, NEAREST, signal)).map(hit => hit.id);
  const answer = await api.json(`/v1/movies/similar?${new URLSearchParams({ movie: id, k: String(NEAREST) })}`, { signal });
  return answer.movies.map(each => each.id);
}
