/** A drawing behind a title, by the film's first genre; where it lies follows from the film. On a field of 132 by 186. */

import { svg } from '../../core/dom.js';
import { hash } from './genres.js';

const WIDTH = 132;
const HEIGHT = 186;

const DRAWINGS = {
  Action: at => lines(7, i => [at.x - 150 + i * (18 + (at.y % 16)), HEIGHT + 10, at.x - 40 + i * (20 + (at.y % 16)), -10], 5 + (at.x % 8)),
  Adventure: at => [path(`M-10 ${150 - at.y / 8}L34 ${98 - at.y / 6}L62 ${128 - at.y / 8}L96 ${80 - at.y / 6}L142 ${140 - at.y / 8}V196H-10Z`, true), disc(at.x, 56, 14)],
  Animation: at => grid(6, 8, (x, y, i) => disc(x * 24 + 6, y * 24 + 8, 2 + ((i * 7 + at.x) % 7))),
  "Children's": at => grid(4, 6, (x, y, i) => path(`M${x * 36 + (y % 2) * 18} ${y * 34 + 6}l10 18h-20z`, (i + at.x) % 3 === 0)),
  Comedy: at => [disc(at.x, at.y, 44), disc(at.x + 48, at.y + 40, 22), disc(at.x - 46, at.y + 48, 14)],
  Crime: at => lines(11, i => [0, i * 18 + (at.y % 18), WIDTH, i * 18 + (at.y % 18)], 7),
  Documentary: at => [rect(14, at.y - 34, 104, 70, 6), rect(26, at.y - 22, 80, 46, 3)],
  Drama: at => rings(at.x, at.y + 30, [30, 52, 76, 102], 10),
  Fantasy: at => Array.from({ length: 22 }, (_, i) => star((at.x * 7 + i * 53) % WIDTH, (at.y * 3 + i * 71) % HEIGHT, 2 + (i % 4) * 2)),
  'Film-Noir': at => lines(8, i => [at.x - 60, -10, at.x - 150 + i * 46, HEIGHT + 10], 8),
  Horror: at => [path(`M0 196V${at.y}l14 -34 12 40 15 -58 13 52 14 -40 12 48 16 -66 12 58 14 -40 10 52V196Z`, true)],
  Musical: at => [0, 1, 2, 3, 4].map(i => path(`M-10 ${at.y - 30 + i * 15}c30 -30 50 30 80 0s50 -24 72 0`, false, 3)),
  Mystery: at => [path(`M${at.x} ${at.y - 34}a22 22 0 0 1 10 42l12 50h-44l12 -50a22 22 0 0 1 10 -42z`, true)],
  Romance: at => [circle(at.x - 16, at.y, 40, 10), circle(at.x + 20, at.y, 40, 10)],
  'Sci-Fi': at => [disc(at.x, at.y, 26), ellipse(at.x, at.y, 58, 16, -22), ellipse(at.x, at.y, 84, 26, -22)],
  Thriller: at => [1, 2, 3, 4, 5].map(i => rect(at.x - i * 22, at.y - i * 30, i * 44, i * 60, 2)),
  War: at => lines(9, i => [i * 17 + 2, HEIGHT, i * 17 + 2, 60 + ((at.y + i * 37) % 80)], 10),
  Western: at => [disc(at.x, 104, 34), path('M-10 118h44v-26h10v26h38v-16h8v16h60v78H-10Z', true)],
};

/** @param {{id: string, genres: string[]}} film @returns {SVGElement} hidden from screen readers */
export function motif({ id, genres }) {
  const number = hash(id);
  const at = { x: 40 + (number % 60), y: 78 + ((number >>> 8) % 50) };
  const draw = DRAWINGS[genres[0]] || DRAWINGS.Drama;
  const turned = number & 1 ? `translate(${WIDTH} 0) scale(-1 1)` : null;
  return svg('svg.motif', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'xMidYMid slice', 'aria-hidden': 'true' }, svg('g', { transform: turned }, draw(at)));
}

const rounded = numbers => numbers.map(number => Math.round(number * 10) / 10);
const path = (d, filled, width = 6) => svg('path', { d, class: filled ? 'full' : '', 'stroke-width': width });
const disc = (cx, cy, r) => svg('circle.full', { cx, cy, r });
const circle = (cx, cy, r, width) => svg('circle', { cx, cy, r, 'stroke-width': width });
const rings = (cx, cy, radii, width) => radii.map(r => circle(cx, cy, r, width));
const ellipse = (cx, cy, rx, ry, turn) => svg('ellipse', { cx, cy, rx, ry, 'stroke-width': 4, transform: `rotate(${turn} ${cx} ${cy})` });
const rect = (x, y, width, height, rx) => svg('rect', { x, y, width, height, rx, 'stroke-width': 5 });
const star = (x, y, size) => path(`M${rounded([x, y - size]).join(' ')}l${size * .3} ${size * .7} ${size * .7} ${size * .3} ${-size * .7} ${size * .3} ${-size * .3} ${size * .7} ${-size * .3} ${-size * .7} ${-size * .7} ${-size * .3} ${size * .7} ${-size * .3}z`, true);

function lines(number, of, width) {
  return Array.from({ length: number }, (_, i) => {
    const [x1, y1, x2, y2] = of(i);
    return svg('line', { x1, y1, x2, y2, 'stroke-width': width });
  });
}

function grid(columns, rows, of) {
  return Array.from({ length: columns * rows }, (_, i) => of(i % columns, Math.floor(i / columns), i));
}
