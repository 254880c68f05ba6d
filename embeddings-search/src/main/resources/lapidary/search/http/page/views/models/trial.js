/** Try it: the form at the left, the answer beside it, the call for a terminal below. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { duration } from '../../core/text.js';
import { command, trouble } from '../../frame/messages.js';
import { answer } from './answer.js';
import { curl } from './curl.js';
import { WrongValue } from './field.js';
import { fields } from './fields.js';

/** @param {Object} card as `/v1/models/NAME` gives it @returns {HTMLElement} */
export function trial(card) {
  const place = h('section.trial', {}, h('h3', {}, 'Try it'));
  fields(card).then(made => place.append(...filled(made)), problem => place.append(trouble(problem)));
  return place;
}

function filled({ element, request }) {
  const answered = h('div.answer', { 'aria-live': 'polite' }, h('p.soft', {}, 'Asking …'));
  const call = h('div');
  const run = h('button.go', { type: 'submit' }, 'Run');
  const form = h('form.try-form', { novalidate: true, onsubmit: event => { event.preventDefault(); ask(); }, oninput: () => tell(), onchange: () => tell() }, element, run);

  /** What is wrong is said when it is run: not while one types, nor when a field is left, which would move the button from under the pointer. */
  async function tell() {
    try {
      replace(call, command({ about: 'The same in a terminal', command: curl(await request()) }));
    } catch (problem) {
      if (!(problem instanceof WrongValue)) throw problem;
      replace(call, h('p.soft', {}, 'The call for a terminal follows once the form is right.'));
    }
  }

  async function ask() {
    run.disabled = true;
    try {
      const { answer: got, millis } = await send(await request());
      replace(answered, answer(got), h('p.soft', {}, `in ${duration(millis)}`));
    } catch (problem) {
      failed(problem);
    } finally {
      run.disabled = false;
    }
  }

  function failed(problem) {
    if (!(problem instanceof WrongValue)) return replace(answered, trouble(problem, { retry: ask }));
    problem.tell();
    problem.field.focus();
    return replace(answered, h('p.soft', {}, 'Nothing was asked: a value is wrong.'));
  }

  tell();
  // The example is answered at once, so that one sees what comes.
  ask();
  return [h('div.try', {}, form, answered), call];
}

function send({ path, body, picture, fields: texts }) {
  if (!picture) return api.timed(path, { body });
  const form = new FormData();
  form.append('image', picture);
  Object.entries(texts).forEach(([name, value]) => form.append(name, value));
  return api.timed(path, { form });
}
