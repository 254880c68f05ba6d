/** Small charts: a line over time and bars by size. They draw what they are given and know nothing else. */

import { h, svg } from '../../core/dom.js';

const WIDTH = 300;
const HEIGHT = 64;

/**
 * A line over time with its last value.
 * @param {{title: string, values: Array<number|null>, text: (value: number) => string}} content `values` from old to new, null where nothing was
 * @returns {HTMLElement}
 */
export function line({ title, values, text }) {
  const there = values.filter(value => value !== null);
  const most = Math.max(...there, 0);
  const last = there.at(-1);
  return figure(title, there.length ? `now ${text(last)}, at most ${text(most)}` : 'no requests yet', canvas([
    svg('path.axis', { d: `M0 ${HEIGHT - 0.5}H${WIDTH}` }),
    ...segments(values).map(points => svg('path.line', { class: points.length === 1 && 'point', d: path(points, values.length, most) + (points.length === 1 ? 'h.01' : '') })),
  ]));
}

/**
 * Bars by size.
 * @param {{title: string, bars: Array<{name: string, value: number}>}} content
 * @returns {HTMLElement}
 */
export function bars({ title, bars: all }) {
  const most = Math.max(...all.map(bar => bar.value), 1);
  const total = all.reduce((sum, bar) => sum + bar.value, 0);
  return figure(title, total ? all.map(bar => `${bar.name}: ${bar.value}`).join(', ') : 'no runs yet',
    h('div.bars', { 'aria-hidden': 'true' }, all.map(({ name, value }) => h('div', {}, h('i', { style: { height: `${(value / most) * 100}%` } }), h('span', {}, name)))));
}

function figure(title, says, drawing) {
  return h('figure.chart', {}, h('figcaption', {}, h('span', {}, title), h('span.number', {}, says)), drawing);
}

/** The caption says in words what is drawn. */
const canvas = drawing => svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, drawing);

/** Runs of values that are there, each with its place. */
function segments(values) {
  const runs = [];
  values.forEach((value, at) => {
    if (value === null) return;
    if (at > 0 && values[at - 1] !== null) runs.at(-1).push({ at, value });
    else runs.push([{ at, value }]);
  });
  return runs;
}

const x = (at, length) => (at / Math.max(1, length - 1)) * (WIDTH - 4) + 2;
const y = (value, most) => HEIGHT - 3 - (value / (most || 1)) * (HEIGHT - 8);
const path = (points, length, most) => points.map(({ at, value }, i) => `${i ? 'L' : 'M'}${x(at, length).toFixed(1)} ${y(value, most).toFixed(1)}`).join('');
