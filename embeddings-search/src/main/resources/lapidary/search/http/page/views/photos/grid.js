/** The grid: of however many photos, only those that are seen are in the document. */

import { attribute, h, style } from '../../core/dom.js';
import { beforeDrawing, settled } from '../../core/later.js';
import { rest } from '../../core/pictures.js';
import { justify, rowAt, tilesOf } from './layout.js';
import { tile } from './tile.js';

const GAP = 6;
const ROW = 150;
const PHONE_ROW = 112;
/** Pixels above and below what is seen that are drawn too. */
const AHEAD = 500;
/** Pictures come one by one; rows are not laid out anew for each. */
const ASPECT_MILLIS = 250;
/** In pixels a millisecond: quicker than one sees what passes. */
const FAST = 1.5;
const REST_MILLIS = 120;

/**
 * Makes a grid.
 * @param {HTMLElement} scroller what scrolls around it
 * @param {{onopen: (item: Object) => void, onend: () => void}} tells `onend`: the last of the items are nearly seen
 */
export function grid(scroller, { onopen, onend }) {
  const element = h('div.grid', { role: 'list', 'aria-label': 'Photos' });
  const tiles = new Map();
  const aspects = new Map();
  let content = { collection: '', items: [], score: false, total: 0 };
  let laid = { rows: [], height: 0, aspects: [] };
  let focused = 0;
  let selected = null;
  let last = { top: 0, at: 0 };

  const draw = beforeDrawing(render);
  const relay = settled(() => { lay(); render(); }, ASPECT_MILLIS);
  const resized = new ResizeObserver(() => { lay(); draw(); });
  resized.observe(element);
  scroller.addEventListener('scroll', scrolled, { passive: true });

  /** Pictures that fly past are not fetched. */
  function scrolled() {
    const now = performance.now();
    const speed = Math.abs(scroller.scrollTop - last.top) / Math.max(1, now - last.at);
    last = { top: scroller.scrollTop, at: now };
    if (speed > FAST) rest(REST_MILLIS);
    draw();
  }

  /** Exchanges what is shown. @param {{collection: string, items: Object[], score: boolean, total: number}} next */
  function show(next) {
    tiles.forEach(leave);
    focused = 0;
    content = next;
    lay();
    render();
  }

  /** More of the same behind what is shown. */
  function more(items) {
    content.items = items;
    lay();
    render();
  }

  function lay() {
    const width = element.clientWidth;
    if (!width) return;
    const shapes = content.items.map(item => aspects.get(item.id) || aspect(item));
    const height = width < 560 ? PHONE_ROW : ROW;
    laid = { ...justify(shapes, { width, height, gap: GAP }), aspects: shapes };
    style(element, { height: `${laid.height}px` });
    tiles.forEach(each => { each.stale = true; });
  }

  function render() {
    if (!laid.rows.length) return tiles.forEach(leave);
    const above = scroller.scrollTop - element.offsetTop;
    const first = rowAt(laid.rows, above - AHEAD);
    const seen = new Set();
    for (let row = first; row < laid.rows.length && laid.rows[row].top < above + scroller.clientHeight + AHEAD; row++) {
      tilesOf(laid.rows[row], laid.aspects, GAP).forEach(box => { seen.add(box.index); put(box); });
    }
    tiles.forEach((each, index) => { if (!seen.has(index) && index !== focused) leave(each, index); });
    if (above + scroller.clientHeight * 3 > laid.height) onend();
  }

  function put(box) {
    const known = tiles.get(box.index);
    if (known && !known.stale) return;
    const made = known || make(box.index);
    made.stale = false;
    made.place(box);
  }

  function make(index) {
    const item = content.items[index];
    const made = tile({
      collection: content.collection, item, score: content.score,
      onopen: () => { focused = index; mark(); onopen(item); },
      onaspect: learned => learn(item, learned),
    });
    attribute(made.element, 'aria-posinset', index + 1);
    attribute(made.element, 'aria-setsize', content.total);
    tiles.set(index, made);
    element.append(made.element);
    markOne(made, index);
    return made;
  }

  function learn(item, learned) {
    if (Math.abs((aspects.get(item.id) || aspect(item)) - learned) < 0.02) return;
    aspects.set(item.id, learned);
    relay();
  }

  function leave(each, index) {
    each.drop();
    each.element.remove();
    tiles.delete(index);
  }

  function mark() {
    tiles.forEach(markOne);
  }

  function markOne(each, index) {
    each.button.tabIndex = index === focused ? 0 : -1;
    attribute(each.button, 'aria-current', content.items[index].id === selected && 'true');
  }

  /** Marks what the inspector shows. @param {string|null} id */
  function select(id) {
    selected = id;
    mark();
  }

  /** Moves the focus. @param {'ArrowLeft'|'ArrowRight'|'ArrowUp'|'ArrowDown'} key @returns {Object|undefined} the item that has it now */
  function move(key) {
    if (!content.items.length) return undefined;
    const isFocused = element.contains(document.activeElement);
    const target = isFocused || selected !== null ? neighbour(laid, focused, key) : focused;
    focus(target);
    return content.items[target];
  }

  function focus(index) {
    focused = index;
    scrollTo(index);
    render();
    put(boxOf(index));
    mark();
    tiles.get(index).button.focus({ preventScroll: true });
  }

  function boxOf(index) {
    const row = laid.rows.find(each => index < each.to);
    return tilesOf(row, laid.aspects, GAP)[index - row.from];
  }

  function scrollTo(index) {
    const box = boxOf(index);
    const top = element.offsetTop + box.top;
    if (top < scroller.scrollTop) scroller.scrollTop = top - GAP;
    else if (top + box.height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + box.height - scroller.clientHeight + GAP;
  }

  function unmount() {
    draw.cancel();
    relay.cancel();
    resized.disconnect();
    scroller.removeEventListener('scroll', scrolled);
    tiles.forEach(leave);
  }

  return { element, show, more, select, move, unmount, focusedItem: () => content.items[focused] };
}

const aspect = item => (item.picture ? item.picture.width / item.picture.height : 1);

function neighbour(laid, index, key) {
  const last = laid.rows.at(-1).to - 1;
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(last, index + 1);
  const at = laid.rows.findIndex(row => index < row.to);
  const row = laid.rows[at + (key === 'ArrowUp' ? -1 : 1)];
  return row ? nearestTo(laid, at, index, row) : index;
}

function nearestTo(laid, at, index, row) {
  const own = tilesOf(laid.rows[at], laid.aspects, GAP)[index - laid.rows[at].from];
  const middle = own.left + own.width / 2;
  const distance = box => Math.abs(box.left + box.width / 2 - middle);
  return tilesOf(row, laid.aspects, GAP).reduce((best, box) => (distance(box) < distance(best) ? box : best)).index;
}
