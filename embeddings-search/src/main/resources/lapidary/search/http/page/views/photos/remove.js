/** Takes a photo out of its collection, asked twice. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { fileName } from '../../core/text.js';
import { icon } from '../../frame/icons.js';
import { trouble } from '../../frame/messages.js';

/** @param {{collection: Object, item: Object, onremoved: () => void}} content @returns {HTMLElement} */
export function remove({ collection, item, onremoved }) {
  const place = h('div.remove');
  const ask = () => {
    replace(place, h('span', {}, `Remove ${fileName(item.id)}?`),
      h('button.quiet.bad', { type: 'button', onclick: act }, 'Remove'), h('button.quiet', { type: 'button', onclick: offer }, 'Keep'));
    place.querySelector('button').focus();
  };
  const offer = () => replace(place, h('button.quiet.bad', { type: 'button', onclick: ask }, icon('trash'), 'Remove'));
  const act = async () => {
    try {
      await api.send('DELETE', `/v1/collections/${encodeURIComponent(collection.name)}/items/${encodeURIComponent(item.id)}`);
      onremoved();
    } catch (problem) {
      replace(place, trouble(problem, { retry: act }));
    }
  };
  offer();
  return place;
}
