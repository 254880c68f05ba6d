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
  return figure(title, there.length ? `now ${text(last)}, at most ${text(most)}` : 'no requests yet', [
    svg('path.axis', { d: `M0 ${HEIGHT - 0.5}H${WIDTH}` }),
    ...segments(values).map(points => points.length === 1 ? dot(points[0], values.length, most) : svg('path.line', { d: path(points, values.length, most) })),
  ]);
}

/**
 * Bars by size.
 * @param {{title: string, bars: Array<{name: string, value: number}>}} content
 * @returns {HTMLElement}
 */
export function bars({ title, bars: all }) {
  const most = Math.max(...all.map(bar => bar.value), 1);
  const step = Math.min(40, WIDTH / Math.max(all.length, 1));
  const total = all.reduce((sum, bar) => sum + bar.value, 0);
  return figure(title, total ? all.map(bar => `${bar.name}: ${bar.value}`).join(', ') : 'no runs yet', [
    svg('path.axis', { d: `M0 ${HEIGHT - 14.5}H${WIDTH}` }),
    ...all.flatMap((bar, i) => column(bar, i * step, step, most)),
  ]);
}

function column({ name, value }, left, step, most) {
  const height = (value / most) * (HEIGHT - 18);
  return [
    svg('rect.bar', { x: left + 2, y: HEIGHT - 15 - height, width: step - 4, height, rx: 2 }),
    svg('text', { x: left + step / 2, y: HEIGHT - 3, 'text-anchor': 'middle' }, name),
  ];
}

function figure(title, says, drawing) {
  return h('figure.chart', {}, h('figcaption', {}, h('span', {}, title), h('span.number', {}, says)),
    svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}: ${says}` }, drawing));
}

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
const dot = ({ at, value }, length, most) => svg('circle.dot-mark', { cx: x(at, length), cy: y(value, most), r: 2.5 });
