/** What the address asks for, in the terms of the service. */

/**
 * @typedef {{words: string, near: string|null, like: string[], less: string[], pictures: string[], labels: string[],
 *   values: Array<[string, *]>, min: number|null, fold: boolean, vary: number, exact: boolean}} Query
 * @param {ReturnType<typeof import('../../core/address.js').address.read>} state
 * @returns {Query}
 */
export function read(state) {
  return {
    words: state.get('q') || '',
    near: state.get('near'),
    like: state.all('like'),
    less: state.all('less'),
    pictures: state.all('picture'),
    labels: state.all('label'),
    values: state.all('is').map(parsed).filter(Boolean),
    min: number(state.get('min')),
    fold: state.get('fold') === '1',
    vary: Math.min(0.9, Math.max(0, number(state.get('vary')) ?? 0)),
    exact: state.get('exact') === '1',
  };
}

/** Whether something is looked for; else all items are listed. @param {Query} query */
export function isAsked({ words, near, like, less, pictures }) {
  return Boolean(words || near || like.length || less.length || pictures.length);
}

/** Whether scores are likenesses: words alone have those of BM25, words and pictures those of ranks. @param {Query} query */
export function hasLikeness(query) {
  return isAsked(query) && !query.words;
}

/** The filter of the service, or undefined where everything is wanted. @param {Query} query */
export function filter({ labels, values }) {
  const parts = [labels.length && either(labels.map(label => ({ label }))), ...grouped(values)].filter(Boolean);
  return parts.length > 1 ? { all: parts } : parts[0];
}

/** How a value of an attribute stands in the address. */
export const written = (name, value) => JSON.stringify([name, value]);

function parsed(text) {
  try {
    const pair = JSON.parse(text);
    return Array.isArray(pair) && pair.length === 2 ? pair : null;
  } catch {
    return null;
  }
}

/** One of the values of each attribute. */
function grouped(values) {
  const byName = Map.groupBy(values, ([name]) => name);
  return [...byName].map(([name, pairs]) => ({ attributes: { [name]: pairs.map(([, value]) => value) } }));
}

const either = parts => (parts.length > 1 ? { any: parts } : parts[0]);

function number(text) {
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
