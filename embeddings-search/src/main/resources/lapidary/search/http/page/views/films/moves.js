/** Keys of the films view: arrows move among tiles, the rest is done to the film that has the focus, else to the one that is open. */

import { address } from '../../core/address.js';
import { bind } from '../../core/keys.js';
import * as ratings from './ratings.js';
import { steps } from './stars.js';

const SAME_LINE = 24;

/**
 * @param {HTMLElement} host
 * @param {{least: number, most: number}|undefined} scale
 * @returns {() => void} what unbinds
 */
export function moves(host, scale) {
  const all = scale ? steps(scale) : [];
  const rate = rating => rating !== undefined && act(host, id => ratings.rate(id, rating));
  return bind({
    ArrowRight: () => beside(host, 1), ArrowLeft: () => beside(host, -1),
    ArrowDown: () => below(host, 1), ArrowUp: () => below(host, -1),
    l: () => rate(all[all.length - 1]), u: () => rate(all[0]),
    s: () => act(host, id => address.go({ list: 'similar', of: id, q: null })),
    ...Object.fromEntries(all.filter(step => step < 10).map(step => [String(step), () => rate(step)])),
  });
}

const current = host => {
  const focused = document.activeElement?.closest?.('.film');
  return focused && (host.contains(focused) || focused.closest('.side')) ? focused : null;
};

function act(host, run) {
  const id = current(host)?.dataset.film || address.read().get('sel');
  if (!id) return false;
  run(id);
  return true;
}

function beside(host, direction) {
  const from = current(host);
  if (!from) return focus(host.querySelector('.film'));
  const item = from.closest('li');
  return focus((direction > 0 ? item.nextElementSibling : item.previousElementSibling)?.querySelector('.film'));
}

/** The tile of the next line that lies nearest. */
function below(host, direction) {
  const from = current(host);
  if (!from) return focus(host.querySelector('.film'));
  const box = from.getBoundingClientRect();
  const tiles = [...host.querySelectorAll('.film')].map(tile => ({ tile, box: tile.getBoundingClientRect() }))
    .filter(each => each.box.height && (each.box.top - box.top) * direction > SAME_LINE);
  if (!tiles.length) return false;
  const line = tiles.reduce((a, b) => (Math.abs(a.box.top - box.top) <= Math.abs(b.box.top - box.top) ? a : b)).box.top;
  const nearest = tiles.filter(each => Math.abs(each.box.top - line) < SAME_LINE)
    .reduce((a, b) => (Math.abs(a.box.left - box.left) <= Math.abs(b.box.left - box.left) ? a : b));
  return focus(nearest.tile);
}

function focus(tile) {
  if (!tile) return false;
  tile.focus();
  tile.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return true;
}
