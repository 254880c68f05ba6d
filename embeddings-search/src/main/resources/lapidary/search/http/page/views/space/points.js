/** Gets a space: what it is, then all its points in pieces, then codes to colour them by. */

import { api } from '../../core/api.js';
import { cloud } from '../../projector/cloud.js';

const PIECE = 1 << 18;
const AGAIN_MILLIS = 1000;
const MOST_ITEMS = 1000;

/**
 * @typedef {{method: string, version: string, count: number, axes: Object[], methods: string[], attributes: string[], umap: {sample: number, most: number}}} Projection
 */

/**
 * Waits until a projection is there.
 * @param {import('./source.js').Source} source
 * @param {string} method
 * @param {(seconds: number, progress: number) => void} onwaiting told once a second while it is computed; `progress` from 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<Projection>}
 */
export async function projection(source, method, onwaiting, signal) {
  const begun = performance.now();
  for (;;) {
    const answer = await api.json(`${source.path}/projection?method=${method}`, { signal });
    if (answer.state === 'ready') return answer;
    onwaiting((performance.now() - begun) / 1000, answer.progress);
    await new Promise(resolve => setTimeout(resolve, AGAIN_MILLIS));
    signal.throwIfAborted();
  }
}

/** All points. @param {import('./source.js').Source} source @param {Projection} of */
export async function points(source, of, signal) {
  const places = new Uint16Array(await pieces(source, of, 'points', {}, 6, signal));
  return cloud(places, of.axes);
}

/** Codes and what they mean. @param {string|null} attribute null for the label */
export async function colours(source, of, attribute, signal) {
  const by = attribute === null ? {} : { attribute };
  const [codes, legend] = await Promise.all([
    pieces(source, of, 'codes', by, 1, signal),
    api.json(`${source.path}/projection/legend?${parameters(of, by)}`, { signal }),
  ]);
  return { codes: new Uint8Array(codes), legend };
}

/** Items by the indices of points, or by ids. @param {{indices?: number[], ids?: string[]}} which @returns {Promise<Array>} */
export async function items(source, { method, version }, which, signal) {
  const [name, all] = Object.entries(which)[0];
  const parts = Array.from({ length: Math.ceil(all.length / MOST_ITEMS) }, (_, i) => all.slice(i * MOST_ITEMS, (i + 1) * MOST_ITEMS));
  const answers = await Promise.all(parts.map(part => api.json(`${source.path}/projection/items`, { body: { method, version, [name]: part }, signal })));
  return answers.flatMap(answer => answer.items);
}

/** The server is asked for a piece at a time, so that no answer takes much of its memory. */
async function pieces(source, of, what, by, bytes, signal) {
  const all = new Uint8Array(of.count * bytes);
  for (let from = 0; from < of.count; from += PIECE) {
    const path = `${source.path}/projection/${what}?${parameters(of, { ...by, from, limit: PIECE })}`;
    all.set(new Uint8Array(await (await api.bytes(path, { signal })).arrayBuffer()), from * bytes);
  }
  return all.buffer;
}

const parameters = ({ method, version }, more) => new URLSearchParams({ method, version, ...more });
