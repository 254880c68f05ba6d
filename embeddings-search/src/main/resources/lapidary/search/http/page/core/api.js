/** Asks the server. Where it wants a token, a request waits until one is given and is then sent again. */

import { access } from './access.js';

/** Why something could not be done: what happened in a sentence, and the way out. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP, 0 where the server was not reached
   * @param {string} sentence what happened
   * @param {string} way what to do about it
   * @param {number} [retryAfter] seconds after which asking again may help
   */
  constructor(status, sentence, way, retryAfter) {
    super(sentence);
    this.status = status;
    this.way = way;
    this.retryAfter = retryAfter;
  }
}

const WAYS = {
  0: 'See whether it still runs, then try again.',
  401: 'Sign in with a token that this server knows.',
  403: 'Sign in with a token that may do more.',
  404: 'It may have been removed; choose another one.',
  413: 'Send less at a time.',
  429: 'It has much to do just now.',
  500: 'Try again; its log says why.',
  503: 'It is loading or stopping; try again in a moment.',
  504: 'It took too long; try again or ask for less.',
};

/**
 * Asks for JSON.
 * @param {string} path such as `/v1/collections`
 * @param {{method?: string, body?: Object, form?: FormData, bytes?: Blob, signal?: AbortSignal}} [options] `body` is sent as JSON
 * @returns {Promise<*>}
 * @throws {Problem}
 */
async function json(path, options = {}) {
  return (await ask(path, options)).json();
}

/** Asks for bytes, as {@link json} does. @returns {Promise<Blob>} */
async function bytes(path, options = {}) {
  return (await ask(path, options)).blob();
}

/** Changes something; of the answer nothing is wanted but that it was done. @returns {Promise<void>} */
async function send(method, path, options = {}) {
  await ask(path, { ...options, method });
}

/**
 * Asks for JSON and says how long it took.
 * @returns {Promise<{answer: *, millis: number}>}
 */
async function timed(path, options = {}) {
  const begun = performance.now();
  const answer = await json(path, options);
  return { answer, millis: performance.now() - begun };
}

/** Whether a failure is only that nobody wants the answer any more. */
export function isAborted(failure) {
  return failure?.name === 'AbortError';
}

export const api = { json, bytes, send, timed };

async function ask(path, options) {
  const token = access.token();
  const answer = await reach(path, request(options, token));
  if (answer.status === 401) {
    await access.another(token, await sentence(answer));
    return ask(path, options);
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

function request({ method, body, form, bytes, signal }, token) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (bytes) headers['Content-Type'] = bytes.type || 'application/octet-stream';
  const content = body === undefined ? form || bytes : JSON.stringify(body);
  return { method: method || (content ? 'POST' : 'GET'), headers, body: content, signal };
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    if (isAborted(failure)) throw failure;
    throw new Problem(0, 'The server does not answer.', WAYS[0]);
  }
}

async function refusal(answer) {
  const way = WAYS[answer.status] || (answer.status >= 500 ? WAYS[500] : '');
  const after = Number(answer.headers.get('Retry-After')) || undefined;
  return new Problem(answer.status, await sentence(answer), way, after);
}

async function sentence(answer) {
  const { error } = await answer.json().catch(() => ({}));
  const text = error || `the server answered ${answer.status}`;
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
