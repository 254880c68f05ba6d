/** Small pictures as object URLs: fetched when somebody wants to see them, a few at a time, the latest wishes first; kept up to a bound. */

import { api } from './api.js';

const KEPT = 900;
/** One less than a browser's connections to a host, so that a search does not wait behind pictures. */
const AT_ONCE = 5;

const kept = new Map();
/** Wishes of one moment together: among them the first goes first. */
const waiting = [];
let moment = null;
let running = 0;
let resting = 0;

/**
 * The thumbnail of an item.
 * @param {string} collection
 * @param {string} id
 * @param {AbortSignal} [signal] of who does not want to see it any more
 * @returns {Promise<string>} an object URL, to be shown at once: it is given up when many others have been seen since
 * @throws {Problem} if it has none
 */
export function thumbnail(collection, id, signal) {
  return picture(thumbnailPath(collection, id), signal);
}

/** A picture by its path, as {@link thumbnail}. @returns {Promise<string>} */
export function picture(path, signal) {
  const known = kept.get(path);
  if (known) return touch(path, known);
  return new Promise((resolve, reject) => {
    now().push({ path, signal, resolve, reject });
  });
}

function now() {
  if (!moment) {
    moment = [];
    waiting.push(moment);
    queueMicrotask(() => {
      moment = null;
      next();
    });
  }
  return moment;
}

/** Fetches nothing for a while, such as when pictures pass by more quickly than anybody sees them. @param {number} millis */
export function rest(millis) {
  clearTimeout(resting);
  resting = setTimeout(() => {
    resting = 0;
    next();
  }, millis);
}

/** The encoded thumbnail of an item, such as for a model. @returns {Promise<Blob>} */
export function thumbnailBytes(collection, id) {
  return api.bytes(thumbnailPath(collection, id));
}

/** Forgets a picture that was replaced. */
export function forget(collection, id) {
  drop(thumbnailPath(collection, id));
}

function thumbnailPath(collection, id) {
  return `/v1/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}/thumbnail`;
}

function next() {
  while (!resting && running < AT_ONCE && waiting.length) {
    const wish = waiting.at(-1).shift();
    if (!waiting.at(-1).length) waiting.pop();
    if (wish.signal?.aborted) wish.reject(new DOMException('not wanted any more', 'AbortError'));
    else serve(wish);
  }
}

async function serve({ path, resolve, reject }) {
  running++;
  try {
    resolve(await (kept.get(path) || keep(path)));
  } catch (problem) {
    reject(problem);
  } finally {
    running--;
    next();
  }
}

function keep(path) {
  const url = api.bytes(path).then(URL.createObjectURL);
  kept.set(path, url);
  url.catch(() => kept.delete(path));
  if (kept.size > KEPT) drop(kept.keys().next().value);
  return url;
}

/** What was seen last is given up last. */
function touch(path, url) {
  kept.delete(path);
  kept.set(path, url);
  return url;
}

function drop(path) {
  kept.get(path)?.then(URL.revokeObjectURL, () => {});
  kept.delete(path);
}
