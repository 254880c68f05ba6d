/** The address is the state: the path says which view, the parameters what it shows. Every change is a step that "back" undoes. */

const listeners = new Set();

/**
 * What the address says.
 * @returns {{view: string, get: (name: string) => string|null, all: (name: string) => string[], text: string}} `text` is equal where the state is
 */
function read() {
  const parameters = new URLSearchParams(location.search);
  return {
    view: location.pathname.split('/')[1] || 'photos',
    get: name => parameters.get(name),
    all: name => parameters.getAll(name),
    text: location.pathname + location.search,
  };
}

/**
 * Goes to a changed address and tells who listens.
 * @param {Object<string, string|number|string[]|null|undefined>} change parameters by name; null and the empty list take one away; `view` is the path
 * @param {{replace?: boolean, fresh?: boolean}} [how] `replace`: without a step back; `fresh`: without the parameters there are
 */
function go(change, how = {}) {
  const target = href(change, how);
  if (target === location.pathname + location.search) return;
  history[how.replace ? 'replaceState' : 'pushState'](null, '', target);
  tell();
}

/** Where {@link go} would go, for a link. @returns {string} */
function href({ view, ...change }, { fresh = false } = {}) {
  const parameters = new URLSearchParams(fresh ? '' : location.search);
  Object.entries(change).forEach(([name, value]) => put(parameters, name, value));
  const query = parameters.toString();
  return `/${view || read().view}${query ? `?${query}` : ''}`;
}

function put(parameters, name, value) {
  parameters.delete(name);
  const values = value === null || value === undefined || value === '' ? [] : [value].flat();
  values.forEach(each => parameters.append(name, String(each)));
}

/** Tells of each change, also of "back"; gives what ends that. @param {(state: ReturnType<typeof read>) => void} listener */
function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  listeners.forEach(listener => listener(read()));
}

addEventListener('popstate', tell);

export const address = { read, go, href, listen };
