/** Asks the service for what a query looks for. */

import { api, Problem } from '../../core/api.js';
import { modelOf } from '../../core/served.js';
import { filter, hasLikeness } from './query.js';
import { sent } from './sent.js';

/** The most hits of one answer. */
export const MOST = 1000;

/** Of all items the first page is short, so that it is there at once. */
const FIRST = 200;

/** Diversity compares all with all, so that fewer are asked for. */
const DIVERSE = 200;

/** From this cosine on two pictures are nearly the same. */
export const COPIES = 0.99;

const path = collection => `/v1/collections/${encodeURIComponent(collection.name)}`;

/**
 * What a search finds, best first.
 * @param {import('../../core/served.js').Collection} collection
 * @param {import('./query.js').Query} query
 * @param {AbortSignal} signal
 * @returns {Promise<{items: Array, millis: number}>}
 */
export async function search(collection, query, signal) {
  const options = { ...wanted(query), filter: filter(query) };
  const pictures = query.pictures.map(known);
  const alone = pictures.length === 1 && !query.near && !query.like.length && !query.less.length;
  const sending = alone ? { form: form(pictures[0], query, options) } : { body: { ...await near(collection, query, pictures), ...words(query), ...options } };
  const { answer, millis } = await api.timed(`${path(collection)}/search`, { ...sending, signal });
  return { items: answer.hits, millis };
}

function wanted(query) {
  return {
    k: query.vary ? DIVERSE : MOST,
    diversity: query.vary || undefined,
    fold: query.fold ? COPIES : undefined,
    min_score: hasLikeness(query) && query.min !== null ? query.min : undefined,
    exact: query.exact || undefined,
  };
}

const words = query => (query.words ? { text: query.words } : {});

function known(name) {
  const picture = sent(name);
  if (!picture) throw new Problem(404, 'The picture that was searched by is not here any more.', 'Drop, paste or choose it again.');
  return picture;
}

function form(picture, query, options) {
  const data = new FormData();
  data.append('image', picture.file);
  Object.entries({ ...words(query), ...options }).forEach(([name, value]) => {
    if (value !== undefined) data.append(name, name === 'filter' ? JSON.stringify(value) : value);
  });
  return data;
}

/** One item alone is near; more than that are examples, pictures as their vectors. */
async function near(collection, { near: id, like, less }, pictures) {
  if (id && !like.length && !less.length && !pictures.length) return { id };
  const vectors = await Promise.all(pictures.map(picture => vector(collection, picture)));
  const liked = [...vectors, ...(id ? [id] : []), ...like.filter(each => each !== id)];
  return liked.length || less.length ? { like: liked, unlike: less } : {};
}

async function vector(collection, picture) {
  const model = await modelOf(collection);
  if (!model) throw new Problem(404, 'The model of this collection is not served.', 'Search by one picture alone, or serve it with --model.');
  return (await api.json(`/v1/models/${encodeURIComponent(model.name)}/embed`, { bytes: picture.file })).vector;
}

/** The items nearest to one. @returns {Promise<Array>} */
export async function nearest(collection, id, k, signal) {
  return (await api.json(`${path(collection)}/search`, { body: { id, k }, signal })).hits;
}

/** A page of all items. @returns {Promise<{items: Array, next?: string, millis: number}>} */
export async function page(collection, query, cursor, signal) {
  const wishes = new URLSearchParams({ limit: String(cursor ? MOST : FIRST) });
  const wanted = filter(query);
  if (cursor) wishes.set('cursor', cursor);
  if (wanted) wishes.set('filter', JSON.stringify(wanted));
  const { answer, millis } = await api.timed(`${path(collection)}/items?${wishes}`, { signal });
  return { ...answer, millis };
}

/** How often values are among items. @param {{label?: boolean, attributes?: string[], filter?: Object, top?: number}} body */
export function facets(collection, body, signal) {
  return api.json(`${path(collection)}/facets`, { body, signal });
}
