/** The models that are served: what they are, how they do, and a form to try each. */

import { address } from '../core/address.js';
import { isAborted } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import * as served from '../core/served.js';
import { counted } from '../core/text.js';
import { waiting } from '../core/waiting.js';
import { empty, trouble } from '../frame/messages.js';
import { card } from './models/card.js';

/**
 * @param {HTMLElement} host
 * @param {import('../frame/frame.js').Frame} frame
 */
export function mount(host, frame) {
  const place = h('div.cards');
  const number = h('strong', { role: 'status' });
  let cards = null;
  frame.top({
    search: { label: 'Find a model', placeholder: 'A name or an architecture', live: true, onwords: words => address.go({ q: words || null }, { replace: true }) },
  });
  frame.title('Models');
  replace(host, h('h1.hidden-text', {}, 'Models'), place);

  /** Follows the address: `model` names the one that is open, `none` that none is. */
  async function show(state) {
    try {
      cards ||= await load();
      const words = state.get('q') || '';
      frame.query(words);
      narrow(words);
      const name = state.get('model') || cards[0]?.name;
      cards.forEach(each => each.show(each.name === name));
    } catch (problem) {
      if (!isAborted(problem)) replace(place, trouble(problem, { retry: () => { served.refresh(); show(state); } }));
    }
  }

  function narrow(words) {
    const fitting = cards.filter(each => each.fits(words.toLowerCase()));
    cards.forEach(each => { each.element.hidden = !fitting.includes(each); });
    number.textContent = words ? `${fitting.length} of ${counted(cards.length, 'model')}` : counted(cards.length, 'model');
  }

  async function load() {
    const arrived = waiting(place, () => h('div', {}, [1, 2, 3].map(() => h('div.card.skeleton'))), 'Asking for the models …');
    const models = await served.models().finally(arrived);
    const made = models.map(card);
    replace(place, made.length ? [h('div.bar', {}, number), made.map(each => each.element)] : none());
    return made;
  }

  return { show, unmount: () => cards?.forEach(each => each.end()) };
}

function none() {
  return empty({
    title: 'No model yet',
    text: 'Serve one with its file, or a folder of them that is watched; each gets a card, live figures and a form to try it.',
    commands: [
      { about: 'Train one on the embedded sample, in a minute, and export it', command: './lapidary train mnist-nn --data fashion-mnist-sample --out runs/nn\n./lapidary export runs/nn -o nn.onnx' },
      { about: 'Serve it', command: './lapidary serve --model nn.onnx' },
      { about: 'Or a folder', command: './lapidary serve --models models/' },
    ],
  });
}
