/** What the server serves, asked for once and again after {@link refresh}. What it does not serve is an empty list. */

import { api } from './api.js';

const answers = new Map();

/**
 * @typedef {{name: string, count: number, model: {sha256?: string, output: string, width: number}, searches_images: boolean,
 *   vectors: {dimensions: number, bytes: number}, pca?: {explained_variance: number}, recall?: {at10: number}}} Collection
 * @returns {Promise<Collection[]>}
 */
export const collections = () => once('/v1/collections', answer => answer.collections, []);

/** @returns {Promise<Array<{name: string, ready: boolean, sha256?: string, architecture?: string, takes: string}>>} */
export const models = () => once('/v1/models', answer => answer.models, []);

/** @returns {Promise<{token: boolean, role: 'read'|'write'|'admin'}>} whether a token is wanted, and what who asks may do */
export const access = () => once('/v1/access', answer => answer);

/** @returns {Promise<string>} the version of the server; empty if it does not tell */
export const version = () => once('/v2', answer => answer.version, '');

/** Whether who looks may change items. @returns {Promise<boolean>} */
export const mayWrite = async () => (await access()).role !== 'read';

/** The model that made a collection's vectors, if it is served. @param {Collection} collection */
export async function modelOf(collection) {
  const { sha256 } = collection.model;
  return sha256 ? (await models()).find(model => model.sha256 === sha256) : undefined;
}

/** Asks again for everything. */
export function refresh() {
  answers.clear();
}

function once(path, of, none) {
  if (!answers.has(path)) answers.set(path, ask(path, of, none));
  return answers.get(path);
}

async function ask(path, of, none) {
  try {
    return of(await api.json(path));
  } catch (problem) {
    if (problem.status === 404 && none !== undefined) return none;
    answers.delete(path);
    throw problem;
  }
}
