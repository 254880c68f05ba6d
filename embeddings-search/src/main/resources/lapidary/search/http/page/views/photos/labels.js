/** The labels of a collection by frequency: the place of one is its colour, here and in the space. */

import { facets } from './ask.js';

const TOP = 200;
const known = new Map();

/**
 * @param {import('../../core/served.js').Collection} collection
 * @returns {Promise<Array<{value: string, count: number, index: number}>>} the most frequent first; without the empty label
 */
export function labels(collection) {
  const key = `${collection.name}\n${collection.count}`;
  if (!known.has(key)) {
    known.set(key, count(collection));
    known.get(key).catch(() => known.delete(key));
  }
  return known.get(key);
}

async function count(collection) {
  const { label } = await facets(collection, { label: true, top: TOP });
  return label.values.filter(each => each.value).map((each, index) => ({ ...each, index }));
}
