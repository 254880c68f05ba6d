/** Asks the server about films. What never changes is asked for once. */

import { api } from '../../core/api.js';

/**
 * @typedef {{id: string, title: string, name: string, year?: number, genres: string[], ratings: number, mean_rating: number, bias: number, score?: number}} Film
 * @typedef {{genres: string[], from: number|null, to: number|null, min: number}} Filter
 * @typedef {{count: number, predicts: boolean, hides_rated: boolean, scale?: {least: number, most: number}, genres: Array<{name: string, count: number}>, years?: {first: number, last: number}}} Facets
 */

const kept = new Map();

/** @returns {Promise<Facets>} */
export const facets = () => once('/v1/movies/facets');

/** @returns {Promise<{ids: string[], mean_rating: number[], bias: number[], ratings: number[]}>} lists of one length */
export const plot = () => once('/v1/movies/plot');

/**
 * A list by bias, of which the filter says which films.
 * @param {'best'|'worst'} which
 * @param {Filter} filter
 * @returns {Promise<Film[]>}
 */
export async function byBias(which, filter, count, signal) {
  return (await api.json(`/v1/movies/${which}?${query(filter, { k: count })}`, { signal })).movies;
}

/** Films that fit words, the best fit first; the most rated without words. @returns {Promise<Film[]>} */
export async function find(words, filter, count, signal) {
  return (await api.json(`/v1/movies?${query(filter, { q: words, limit: count })}`, { signal })).movies;
}

/** The films most like one. @returns {Promise<Film[]>} */
export async function similar(id, filter, count, without, signal) {
  return (await api.json(`/v1/movies/similar?${query(filter, { movie: id, k: count, without: without.join(',') })}`, { signal })).movies;
}

/** One film, its place among all by bias, and those most like it. @returns {Promise<{movie: Film, place: number, among: number, similar: Film[]}>} */
export function detail(id, min, count, signal) {
  return api.json(`/v1/movies/items/${encodeURIComponent(id)}?${query({ genres: [], from: null, to: null, min }, { k: count })}`, { signal });
}

/**
 * Lists for somebody new.
 * @param {Array<{movie: string, rating: number}>} ratings the earliest first
 * @param {Filter} filter
 * @param {{count: number, about?: string[], signal?: AbortSignal}} wanted
 * @returns {Promise<{ratings: number, for_you: Film[], because: Array<{liked: Film, rating: number, movies: Film[]}>, expected: Film[]}>}
 */
export function visitor(ratings, filter, { count, about = [], signal }) {
  return api.json('/v1/movies/visitor', { body: { ratings, about, k: count, ...fields(filter) }, signal });
}

/** What a known user would rate highest. @returns {Promise<{known_user: boolean, movies: Film[]}>} */
export function recommended(user, filter, count, signal) {
  return api.json('/v1/movies/recommend', { body: { user, k: count, ...fields(filter) }, signal });
}

/** What a known user has rated, if the server knows it. @returns {Promise<Film[]>} */
export async function ratedBy(user, signal) {
  return (await api.json(`/v1/movies/users/${encodeURIComponent(user)}/ratings`, { signal })).movies;
}

/** Forgets what was asked for once. */
export function refresh() {
  kept.clear();
}

function once(path) {
  if (!kept.has(path)) {
    const asked = api.json(path);
    asked.catch(() => kept.delete(path));
    kept.set(path, asked);
  }
  return kept.get(path);
}

function query(filter, more) {
  const all = { genre: filter.genres.join(','), from: filter.from, to: filter.to, min_ratings: filter.min, ...more };
  const given = Object.entries(all).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return new URLSearchParams(given).toString();
}

function fields({ genres, from, to, min }) {
  return { genres, min_ratings: min, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}
