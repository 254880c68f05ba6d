/** Whose space it is: a collection's, or that of the films. Both answer the same routes. */

import { api } from '../../core/api.js';
import { thumbnail } from '../../core/pictures.js';
import { count, counted, fileName } from '../../core/text.js';
import { search } from '../photos/ask.js';
import { isAsked } from '../photos/query.js';
import { valueText } from '../../projector/legend.js';

const FOUND = 200;

/**
 * @typedef {Object} Source
 * @property {string} name
 * @property {string} path what the routes of its space begin with
 * @property {string|null} colour the attribute it is coloured by if nobody chose one; null for the label
 * @property {(item: Object) => {title: string, lines: string[], picture?: Promise<string>}} tell
 * @property {(query: import('../photos/query.js').Query, signal: AbortSignal) => Promise<string[]>} find ids, best first
 * @property {(id: string) => Promise<string>} [picture]
 */

/** @param {import('../../core/served.js').Collection} collection @returns {Source} */
export function ofCollection(collection) {
  return {
    name: collection.name, path: `/v1/collections/${encodeURIComponent(collection.name)}`, colour: null, collection,
    picture: id => thumbnail(collection.name, id),
    tell: item => ({ title: fileName(item.id), lines: [item.label].filter(Boolean), picture: thumbnail(collection.name, item.id) }),
    find: async (query, signal) => (await search(collection, query, signal)).items.slice(0, FOUND).map(hit => hit.id),
  };
}

/** @returns {Source} */
export function ofFilms() {
  return {
    name: 'films', path: '/v1/movies', colour: 'genre',
    tell: item => ({ title: item.attributes.title, lines: filmLines(item.attributes) }),
    find: async (query, signal) => (await api.json(filmPath(query), { signal })).movies.map(film => film.id),
  };
}

function filmLines({ genre, ratings, mean_rating: mean, bias }) {
  return [genre, counted(ratings, 'rating'), mean && `mean ${mean.toFixed(2)}`, `bias ${valueText(Number(bias.toFixed(2)))}`].filter(Boolean);
}

function filmPath(query) {
  return query.near
    ? `/v1/movies/similar?${new URLSearchParams({ movie: query.near, k: '30' })}`
    : `/v1/movies?${new URLSearchParams({ q: query.words, limit: String(FOUND) })}`;
}

/** What is lit up, as a person reads it. */
export function foundText(query, found) {
  if (!isAsked(query)) return '';
  return found ? `${count(found)} found, lit up` : 'Nothing found';
}
