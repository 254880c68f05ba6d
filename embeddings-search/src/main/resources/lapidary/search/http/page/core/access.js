/** The token of this tab, and who asks for one. */

const KEY = 'lapidary-token';

let asks = () => Promise.reject(new Error('nobody asks for tokens'));
let asking = null;

/** @returns {string|null} the token that requests carry */
function token() {
  return sessionStorage.getItem(KEY);
}

/**
 * Waits until there is another token than the one refused; all who wait ask once.
 * @param {string|null} refused
 * @param {string} reason the server's sentence
 * @returns {Promise<void>}
 */
async function another(refused, reason) {
  if (token() !== refused) return;
  asking ||= asks(refused !== null, reason).then(given => sessionStorage.setItem(KEY, given)).finally(() => { asking = null; });
  await asking;
}

/**
 * Says who asks a person for a token.
 * @param {(expired: boolean, reason: string) => Promise<string>} ask
 */
function askBy(ask) {
  asks = ask;
}

/** Forgets the token, so that the next request asks for one. */
function forget() {
  sessionStorage.removeItem(KEY);
}

export const access = { token, another, askBy, forget };
