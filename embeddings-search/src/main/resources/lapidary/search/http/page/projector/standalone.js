/** A page of its own: the points are in it, and nothing is asked of anybody. */

import { h, replace } from '../core/dom.js';
import { cloud } from './cloud.js';
import { projector } from './projector.js';
import { toolbar } from './toolbar.js';

const whole = new Intl.NumberFormat('en');
const data = JSON.parse(document.getElementById('data').textContent);
const codes = data.colours.map(each => bytes(each.codes));
const sheet = data.pictures && sheetOf(data.pictures);

function bytes(text) {
  return Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
}

/** Pictures out of one sheet. @returns {(index: number) => Promise<string>|null} */
function sheetOf({ uri, side, columns, of }) {
  const places = new Map(of.map((index, place) => [index, place]));
  const whole = new Promise(resolve => {
    const image = h('img', { src: uri, onload: () => resolve(image) });
  });
  const cut = async place => {
    const paper = h('canvas', { width: side, height: side });
    paper.getContext('2d').drawImage(await whole, (place % columns) * side, Math.floor(place / columns) * side, side, side, 0, 0, side, side);
    return paper.toDataURL();
  };
  return index => (places.has(index) ? cut(places.get(index)) : null);
}

function tell(index) {
  const [title, ...lines] = data.told[index];
  return { title, lines, picture: sheet?.(index) || undefined };
}

function about(count) {
  const shares = data.axes.map(axis => axis.share).filter(share => share !== undefined);
  const shown = count === data.total ? `All ${whole.format(count)}` : `${whole.format(count)} of ${whole.format(data.total)}`;
  const pictured = data.pictures && data.pictures.of.length < count ? `, ${whole.format(data.pictures.of.length)} with pictures` : '';
  return `${shown} points${pictured} · ${Math.round(100 * shares.reduce((sum, share) => sum + share, 0))} % of the variance. Drag to turn, scroll to zoom, shift and drag to move.`;
}

function list(indices) {
  const most = 500;
  return [h('h2', {}, `${whole.format(indices.length)} selected`),
    h('ul', {}, [...indices].slice(0, most).map(index => h('li', {}, data.told[index][0]))),
    indices.length > most && h('p', {}, `and ${whole.format(indices.length - most)} more`)];
}

async function start() {
  const points = cloud(new Uint16Array(bytes(data.points).buffer), data.axes);
  const host = h('div');
  const chosen = h('aside.chosen', { hidden: true, 'aria-label': 'Selected' });
  const work = document.getElementById('work');
  work.append(host, chosen);
  const select = indices => {
    chosen.hidden = !indices?.length;
    drawn.light(indices);
    if (indices?.length) replace(chosen, h('button.link', { type: 'button', onclick: () => select(null) }, 'Clear'), list(indices));
  };
  const drawn = await projector(host, points, { label: document.title, tell, picture: sheet, onlasso: select, onpick: index => select([index]) });
  const by = h('select.field', { 'aria-label': 'Coloured by', onchange: () => colour(by.selectedIndex) }, data.colours.map(({ name }) => h('option', {}, name)));
  const colour = at => drawn.colour(codes[at], data.colours[at].legend);
  work.append(h('div.bar-left', {}, toolbar(drawn).element, data.colours.length > 1 && h('label', {}, 'Colour ', by)), drawn.legend);
  document.getElementById('about').textContent = about(points.count);
  colour(0);
}

start();
