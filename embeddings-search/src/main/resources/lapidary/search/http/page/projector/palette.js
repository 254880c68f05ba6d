/** What codes look like: eight colours that come again with other shapes, or a scale. */

import { COUNT, SHAPES, rgb } from '../core/colours.js';

export const CODES = 256;
const OTHERS = 255;
/** Viridis, by van der Walt and Smith: even steps for every eye. */
const SCALE = ['#440154', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'].map(parse);
/** On a light ground its yellow end would not be seen. */
const TRIMMED = 0.88;

/**
 * @typedef {{value: *, count: number}} Value
 * @typedef {{kind: 'classes'|'scale', values: Value[], others: number, none: number}} Legend
 */

/**
 * Colours and shapes of all codes, four bytes each: first the colours, then the shapes.
 * @param {Legend} legend
 * @param {Set<number>} hidden codes that are not shown
 * @returns {Uint8Array}
 */
export function table(legend, hidden) {
  const made = new Uint8Array(2 * 4 * CODES);
  const eight = rgb();
  const grey = token('--faint');
  for (let code = 0; code < CODES; code++) {
    const colour = legend.kind === 'scale' ? scaled(code, grey) : classed(code, legend, eight, grey);
    made.set([...colour.map(value => Math.round(255 * value)), hidden.has(code) ? 0 : 255], 4 * code);
    made[4 * (CODES + code)] = legend.kind === 'scale' || !isListed(code, legend) ? 0 : Math.floor((code - 1) / COUNT) % SHAPES.length;
  }
  return made;
}

const isListed = (code, legend) => code > 0 && code <= legend.values.length;

function classed(code, legend, eight, grey) {
  return isListed(code, legend) && code !== OTHERS ? eight[(code - 1) % COUNT] : grey;
}

function scaled(code, grey) {
  return code ? ramp((code - 1) / (CODES - 2)) : grey;
}

/** A colour of the scale, as the theme has it. @param {number} share 0..1 @returns {number[]} */
export function ramp(share) {
  const at = (isDark() ? 0.12 + 0.88 * share : TRIMMED * share) * (SCALE.length - 1);
  const low = Math.min(SCALE.length - 2, Math.floor(at));
  return SCALE[low].map((value, i) => value + (SCALE[low + 1][i] - value) * (at - low));
}

/** A colour for CSS. @param {number[]} colour */
export const css = colour => `rgb(${colour.map(value => Math.round(255 * value)).join(' ')})`;

/** What the theme paints ground, lines, writing and the accent with. */
export const theme = () => ({ ground: token('--bg'), line: token('--line'), ink: token('--ink'), accent: token('--accent') });

function token(name) {
  return parse(getComputedStyle(document.documentElement).getPropertyValue(name).trim());
}

const isDark = () => matchMedia('(prefers-color-scheme: dark)').matches;

function parse(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255);
}
