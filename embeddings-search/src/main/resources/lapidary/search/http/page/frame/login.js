/** Asks a person for a token, over whatever is shown; what was asked for goes on once there is one. */

import { h, replace } from '../core/dom.js';
import { mark } from './icons.js';

/** Who types is not cut off: the dialog, which takes the keys, waits until nothing has been typed for so long. */
const PAUSE_MILLIS = 700;

/** Makes the form. @returns {{element: HTMLDialogElement, ask: (expired: boolean, reason: string) => Promise<string>}} */
export function login() {
  const heading = h('h1', { id: 'login-title' });
  const reason = h('p', { id: 'login-reason' });
  const field = h('input', { type: 'password', id: 'token', name: 'token', autocomplete: 'current-password', required: true });
  const form = h('form', { method: 'dialog' }, mark(), heading, reason,
    h('label', { for: 'token' }, 'Token'), field,
    h('p.soft', {}, 'It is kept for this tab only. Who runs the server gives it out.'),
    h('button.go', { type: 'submit' }, 'Sign in'));
  const element = h('dialog.login', { 'aria-labelledby': 'login-title', 'aria-describedby': 'login-reason' }, form);
  // There is nothing behind it to go back to.
  element.addEventListener('cancel', event => event.preventDefault());
  let typed = -PAUSE_MILLIS;
  addEventListener('input', event => { if (event.target !== field) typed = performance.now(); }, { capture: true });

  /** Ends once nobody has typed for a moment. */
  async function pause() {
    const left = typed + PAUSE_MILLIS - performance.now();
    if (left <= 0) return;
    await new Promise(resolve => setTimeout(resolve, left));
    await pause();
  }

  async function ask(expired, sentence) {
    await pause();
    replace(heading, expired ? 'The token is not known any more' : 'Sign in');
    replace(reason, expired ? 'It has expired or was mistyped. Give another one and go on where you were.' : sentence.replace(/;.*/, '.'));
    field.value = '';
    if (!element.open) element.showModal();
    field.focus();
    return new Promise(resolve => {
      form.addEventListener('submit', () => resolve(field.value.trim()), { once: true });
    });
  }

  return { element, ask };
}
