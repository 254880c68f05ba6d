/** What is said to a person: short notes that go by themselves, problems where they happened, empty places with what to do next. */

import { h, replace } from '../core/dom.js';
import { icon } from './icons.js';

const SHOWN_MILLIS = 6000;

/** Makes the place of short notes. @returns {{element: HTMLElement, say: (sentence: string, act?: {label: string, run: () => void}) => void}} */
export function notes() {
  const element = h('div.notes', { role: 'status', 'aria-live': 'polite' });
  function say(sentence, act) {
    const note = h('div.note', {}, h('span', {}, sentence), act && h('button.link', { type: 'button', onclick: () => { note.remove(); act.run(); } }, act.label));
    element.append(note);
    setTimeout(() => note.remove(), SHOWN_MILLIS);
  }
  return { element, say };
}

/**
 * A problem where it happened, with the way out.
 * @param {import('../core/api.js').Problem|Error} problem
 * @param {{retry?: () => void, acts?: Node[]}} [out] `retry` is offered as a button; after as many seconds as the server says
 * @returns {HTMLElement}
 */
export function trouble(problem, { retry, acts = [] } = {}) {
  return h('div.trouble', { role: 'alert' }, icon('alert'),
    h('div', {},
      h('p', {}, h('strong', {}, problem.message)),
      problem.way && h('p', {}, problem.way),
      h('div.row', {}, retry && retryButton(retry, problem.retryAfter), acts)));
}

function retryButton(retry, seconds = 0) {
  const button = h('button.go', { type: 'button', onclick: retry });
  let left = seconds;
  const tick = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? `Try again in ${left} s` : 'Try again';
    if (left-- > 0) setTimeout(tick, 1000);
  };
  tick();
  return button;
}

/**
 * An empty place: what is missing and what to do next.
 * @param {{title: string, text?: string|Node, commands?: Array<{about: string, command: string}>, acts?: Node[]}} content
 * @returns {HTMLElement}
 */
export function empty({ title, text, commands = [], acts = [] }) {
  return h('div.empty', {}, h('h1', {}, title), text && h('p', {}, text),
    commands.map(command), acts.length ? h('div.row', {}, acts) : null);
}

/** A command to copy. @param {{about: string, command: string}} content @returns {HTMLElement} */
export function command({ about, command: text }) {
  const button = h('button.quiet', { type: 'button', 'aria-label': `Copy: ${about}`, onclick: () => copy(button, text) }, icon('copy'), 'Copy');
  return h('div.command', {}, h('p', {}, about), h('div.command-line', {}, h('pre', { tabIndex: 0 }, h('code', {}, text)), button));
}

async function copy(button, text) {
  const done = await navigator.clipboard.writeText(text).then(() => 'Copied', () => 'Select it and press Ctrl+C');
  replace(button, done);
  setTimeout(() => replace(button, icon('copy'), 'Copy'), 2000);
}
