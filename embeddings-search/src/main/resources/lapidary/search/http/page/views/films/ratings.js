/** What the visitor has rated. It stays in this browser; the server is told with each question and keeps nothing. */

const PLACE = 'lapidary.films.ratings';

const listeners = new Set();
let ratings = read();

/** All ratings, the earliest first. @returns {Array<{movie: string, rating: number}>} */
export const all = () => [...ratings].map(([movie, rating]) => ({ movie, rating }));

/** How many films are rated. */
export const count = () => ratings.size;

/** @param {string} id of a film @returns {number|undefined} */
export const of = id => ratings.get(id);

/** Ids of the rated films. */
export const ids = () => [...ratings.keys()];

/** Rates a film; the last rating is the latest. @param {string} id @param {number|null} rating null takes it back */
export function rate(id, rating) {
  ratings.delete(id);
  if (rating !== null) ratings.set(id, rating);
  changed();
}

/** Forgets all ratings; gives what brings them back. @returns {() => void} */
export function clear() {
  const before = ratings;
  ratings = new Map();
  changed();
  return () => { ratings = before; changed(); };
}

/** Forgets ratings of films that this server does not have. @param {Set<string>} known ids */
export function keepOnly(known) {
  const kept = new Map([...ratings].filter(([id]) => known.has(id)));
  if (kept.size === ratings.size) return;
  ratings = kept;
  write();
}

/** Tells of each change; gives what ends that. @param {() => void} listener */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  write();
  listeners.forEach(listener => listener());
}

function read() {
  try {
    return new Map(JSON.parse(localStorage.getItem(PLACE) || '[]'));
  } catch {
    return new Map();
  }
}

/** Where the browser keeps nothing, ratings last as long as the page. */
function write() {
  try {
    localStorage.setItem(PLACE, JSON.stringify([...ratings]));
  } catch {
    // A private window without storage.
  }
}
