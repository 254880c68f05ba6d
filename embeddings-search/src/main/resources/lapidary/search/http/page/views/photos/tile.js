/** One photo in the grid. */

import { h, style } from '../../core/dom.js';
import { thumbnail } from '../../core/pictures.js';
import { fileName, likeness } from '../../core/text.js';

/**
 * Makes a tile.
 * @param {{collection: string, item: Object, score: boolean, onopen: () => void, onaspect: (aspect: number) => void}} content `score`: whether its score is a likeness
 * @returns {{element: HTMLElement, button: HTMLButtonElement, place: (box: {left: number, top: number, width: number, height: number}) => void, drop: () => void}}
 */
export function tile({ collection, item, score, onopen, onaspect }) {
  const leaving = new AbortController();
  const image = h('img', { alt: '', draggable: 'false' });
  const copies = item.folded?.length || 0;
  const button = h('button.tile', { type: 'button', 'aria-label': name(item, score, copies), onclick: onopen }, image,
    copies > 0 && h('span.stack', { 'aria-hidden': 'true' }, copies + 1),
    h('span.over', { 'aria-hidden': 'true' }, h('span.over-name', {}, item.label || fileName(item.id)), score && h('em', {}, likeness(item.score))));
  if (copies) button.classList.add('stacked');
  const element = h('div.cell', { role: 'listitem' }, button);
  show(image, button, thumbnail(collection, item.id, leaving.signal), onaspect);
  return { element, button, place: box => place(element, box), drop: () => leaving.abort() };
}

function name(item, score, copies) {
  const parts = [item.label, fileName(item.id), score && `likeness ${likeness(item.score)}`, copies && `with ${copies} near-duplicates`];
  return parts.filter(Boolean).join(', ');
}

async function show(image, button, picture, onaspect) {
  try {
    image.src = await picture;
    await image.decode();
    button.classList.add('seen');
    onaspect(image.naturalWidth / image.naturalHeight);
  } catch (failure) {
    if (failure.name !== 'AbortError') button.classList.add('pictureless');
  }
}

function place(element, { left, top, width, height }) {
  style(element, { transform: `translate(${left}px, ${top}px)`, width: `${width}px`, height: `${height}px` });
}
