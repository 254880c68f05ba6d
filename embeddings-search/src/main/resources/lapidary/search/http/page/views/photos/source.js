/** Where the grid's items come from: the pages of all, or what a search finds. */

import { facets, page, search } from './ask.js';
import { filter, hasLikeness, isAsked } from './query.js';

/**
 * @typedef {{items: Object[], total: number, millis: number, next?: string, scores: number[]}} Found `next` is the cursor of more; `scores`
 *   are those without the bound of likeness
 * @param {import('../../core/served.js').Collection} collection
 * @param {import('./query.js').Query} query
 * @param {AbortSignal} signal
 * @returns {Promise<Found>}
 */
export function find(collection, query, signal) {
  return isAsked(query) ? searched(collection, query, signal) : listed(collection, query, signal);
}

async function listed(collection, query, signal) {
  const wanted = filter(query);
  const [first, total] = await Promise.all([
    page(collection, query, '', signal),
    wanted ? facets(collection, { label: true, filter: wanted, top: 1 }, signal).then(answer => answer.count) : collection.count,
  ]);
  return { ...first, total: Math.max(total, first.items.length), scores: [] };
}

let unbounded = { key: '', scores: [] };

async function searched(collection, query, signal) {
  const found = await search(collection, query, signal);
  const scores = hasLikeness(query) ? await scoresOf(collection, query, found, signal) : [];
  return { ...found, total: found.items.length, scores };
}

/** Of the same query without a bound; kept, since a slider asks again and again. */
async function scoresOf(collection, query, found, signal) {
  const key = JSON.stringify([collection.name, { ...query, min: null }]);
  if (query.min === null) unbounded = { key, scores: found.items.map(hit => hit.score) };
  else if (unbounded.key !== key) {
    const { items } = await search(collection, { ...query, min: null }, signal);
    unbounded = { key, scores: items.map(hit => hit.score) };
  }
  return unbounded.scores;
}
