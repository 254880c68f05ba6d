/** What was drawn around: how many, of which labels, and their pictures. */

import { address } from '../../core/address.js';
import { h } from '../../core/dom.js';
import { count, counted } from '../../core/text.js';
import { items } from './points.js';

const PAGE = 60;
/** Examples of a search: more of them say nothing new. */
const EXAMPLES = 24;
const CLASSES = 6;

/**
 * Fills the inspector with a selection.
 * @param {import('./source.js').Source} source
 * @param {import('./points.js').Projection} projection
 * @param {Uint32Array} indices
 * @param {Array<[string, number]>} classes of all of them, the commonest first
 * @param {(index: number) => void} onopen told which point is to be looked at
 * @returns {HTMLElement}
 */
export function chosen(source, projection, indices, classes, onopen) {
  const tiles = h(source.picture ? 'div.tiles' : 'ol.titles');
  const more = h('button.quiet', { type: 'button', onclick: () => load() }, 'Show more');
  const search = h('button.go', { type: 'button', disabled: true, onclick: () => searchBy(found) }, 'Search for more like these');
  const found = [];
  let shown = 0;

  async function load() {
    const part = Array.from(indices.subarray(shown, shown + PAGE));
    shown += part.length;
    more.hidden = shown >= indices.length;
    const come = await items(source, projection, { indices: part });
    found.push(...come);
    tiles.append(...come.map(item => tile(source, item, onopen)));
    search.disabled = !found.length || !source.collection;
  }

  load();
  return h('div.chosen-points', {},
    h('h2', {}, counted(indices.length, 'item') + ' selected'),
    h('div.row', {}, classes.slice(0, CLASSES).map(([name, number]) => h('span.chip', {}, name, h('b', {}, count(number))))),
    source.collection && h('div.row', {}, search), tiles, more);
}

function searchBy(found) {
  const step = Math.max(1, Math.ceil(found.length / EXAMPLES));
  address.go({ like: found.filter((_, i) => i % step === 0).map(item => item.id), near: null, q: null, sel: null });
}

function tile(source, item, onopen) {
  const { title, lines } = source.tell(item);
  const act = { type: 'button', title: [title, ...lines].join(' · '), onclick: () => onopen(item.index) };
  if (!source.picture) return h('li', {}, h('button.link', act, title));
  const image = h('img', { alt: [item.label, title].filter(Boolean).join(': ') });
  source.picture(item.id).then(url => { image.src = url; }, () => image.remove());
  return h('button', act, image, h('span', {}, item.label || title));
}
