/** One model. */

import { address } from '../../core/address.js';
import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { trouble } from '../../frame/messages.js';
import { bestScore, facts, purpose } from './facts.js';
import { live } from './live.js';
import { trial } from './trial.js';

/** What a model is for, where its file does not say. */
const TAKES = {
  picture: 'Takes a picture and says what is in it.',
  rows: 'Takes rows of a table and predicts a column.',
  pairs: 'Takes a user and an item and predicts the rating.',
  tensors: 'Takes tensors; its file says nothing of itself.',
};

/**
 * Makes a card: a line that opens.
 * @param {Object} model as `/v1/models` lists it
 * @returns {{element: HTMLElement, name: string, show: (isOpen: boolean) => void, fits: (words: string) => boolean, end: () => void}} `fits`: whether lower-case words are in its name or architecture
 */
export function card(model) {
  const told = h('p.purpose.soft', {}, model.architecture || '');
  const best = h('span.best.number');
  const body = h('div.card-body', { hidden: true });
  const head = h('button.card-head', { type: 'button', 'aria-expanded': 'false', onclick: () => address.go({ model: body.hidden ? model.name : 'none' }) },
    h('span.card-title', {}, h('b', {}, model.name), h('span.pill', { class: model.ready ? 'good' : 'bad' }, model.ready ? 'ready' : 'not ready'),
      h('span.soft', {}, [model.architecture, model.versions.length > 1 && `versions ${model.versions.join(', ')}`].filter(Boolean).join(' · '))), best);
  const element = h('article.card', {}, h('h2', {}, head), told, body);
  const coming = api.json(`/v1/models/${encodeURIComponent(model.name)}`);
  let ending = () => {};
  coming.then(content => {
    replace(told, purpose(content.card) || TAKES[model.takes]);
    replace(best, content.description ? bestScore(content.description) : '');
  }, problem => replace(told, problem.message));

  function show(isOpen) {
    if (isOpen === !body.hidden) return;
    body.hidden = !isOpen;
    head.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) open();
    else end();
  }

  async function open() {
    try {
      const content = await coming;
      const now = live(model.name);
      ending = now.end;
      replace(body, model.ready ? trial(content) : null, h('div.card-columns', {}, h('div', {}, content.description ? facts(content) : null), h('div', {}, now.element)));
      if (body.hidden) end();
    } catch (problem) {
      replace(body, trouble(problem));
    }
  }

  function end() {
    ending();
    body.replaceChildren();
  }

  const fits = words => `${model.name} ${model.architecture || ''}`.toLowerCase().includes(words);
  return { element, name: model.name, show, fits, end };
}
