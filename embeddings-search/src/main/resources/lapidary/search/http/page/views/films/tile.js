/** A film as a tile: no poster, but its title set large on the colours and the drawing of its genres. */

import { address } from '../../core/address.js';
import { h } from '../../core/dom.js';
import { colours } from './genres.js';
import { motif } from './motif.js';
import * as ratings from './ratings.js';
import { line, stars } from './words.js';

const INNER = 110;
const SIZES = [[9, 25], [16, 22], [26, 19], [40, 16], [60, 14]];
const SMALLEST = 13;

/**
 * @param {import('./ask.js').Film} film
 * @param {string} note what it is ranked by, such as `bias +.53`
 * @returns {HTMLLIElement}
 */
export function tile(film, note) {
  const mine = ratings.of(film.id);
  const link = h('a.film', {
    href: address.href({ sel: film.id }), 'data-film': film.id, 'aria-label': spoken(film, note, mine),
    style: { ...colours(film), '--size': size(film.name) },
    onclick: event => open(event, film.id),
  },
  motif(film), h('b', {}, film.name), h('small', {}, line(film)), h('em', {}, note),
  mine !== undefined && h('i.mine', {}, `you: ${stars(mine)}`));
  return h('li', { 'data-key': film.id }, link);
}

/** As large as the title allows, in pixels: by its length, and so that its longest word fits into one line. */
export function size(name, inner = INNER, sizes = SIZES) {
  const byLength = (sizes.find(([letters]) => name.length <= letters) || [0, SMALLEST])[1];
  const widest = Math.max(...name.split(/[\s-]+/).map(width));
  return Math.max(SMALLEST, Math.min(byLength, Math.floor(inner / widest)));
}

const widths = new Map();
let pen = null;

/** How wide a word is in the font of titles, at a size of one pixel. */
function width(word) {
  if (!pen) {
    pen = document.createElement('canvas').getContext('2d');
    pen.font = `720 100px ${getComputedStyle(document.body).fontFamily}`;
  }
  if (!widths.has(word)) widths.set(word, pen.measureText(word).width / 100);
  return widths.get(word);
}

function spoken(film, note, mine) {
  return [film.name, film.year, film.genres.join(', '), note, mine !== undefined && `you rated it ${stars(mine)}`].filter(Boolean).join(', ');
}

function open(event, id) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  address.go({ sel: id });
}

/** Marks the tile of the film that is open, wherever it is shown. @param {HTMLElement} host @param {string|null} id */
export function mark(host, id) {
  host.querySelectorAll('.film[aria-current]').forEach(each => each.removeAttribute('aria-current'));
  if (id) host.querySelectorAll(`.film[data-film="${CSS.escape(id)}"]`).forEach(each => each.setAttribute('aria-current', 'true'));
}
