/** The slider of the least likeness, over the histogram of what was found. */

import { h, replace, svg } from '../../core/dom.js';
import { settled } from '../../core/later.js';
import { likeness } from '../../core/text.js';

const BINS = 30;
const HEIGHT = 18;
const SLIDING_MILLIS = 120;

/**
 * Makes the slider.
 * @param {(min: number|null) => void} onchange null: no bound
 * @returns {{element: HTMLElement, show: (scores: number[], min: number|null) => void}} `scores` of everything that was found without the bound
 */
export function likenessSlider(onchange) {
  const bars = svg('svg', { viewBox: `0 0 ${BINS * 5} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  const value = h('output.number');
  const input = h('input', { type: 'range', 'aria-label': 'Least likeness', step: '0.01', oninput: () => slide() });
  const element = h('div.slide', { hidden: true }, h('span', {}, 'Likeness from'), bars, input, value);
  const settle = settled(onchange, SLIDING_MILLIS);
  let found = [];

  function slide() {
    draw();
    settle(input.value === input.min ? null : Number(input.value));
  }

  function draw() {
    value.textContent = likeness(Number(input.value));
    input.setAttribute('aria-valuetext', likeness(Number(input.value)));
    replace(bars, histogram(found, Number(input.min), Number(input.max), Number(input.value)));
  }

  function show(scores, min) {
    found = scores;
    element.hidden = scores.length < 2;
    if (element.hidden) return;
    input.min = String(Math.floor(Math.min(...scores) * 100) / 100);
    input.max = String(Math.ceil(Math.max(...scores) * 100) / 100);
    if (document.activeElement !== input) input.value = String(min ?? input.min);
    draw();
  }

  return { element, show };
}

function histogram(scores, from, to, least) {
  const counts = new Array(BINS).fill(0);
  scores.forEach(score => counts[Math.min(BINS - 1, Math.floor(((score - from) / (to - from || 1)) * BINS))]++);
  const most = Math.max(...counts);
  return counts.map((count, i) => {
    const height = count ? Math.max(1, (count / most) * HEIGHT) : 0;
    const isIn = from + ((i + 1) / BINS) * (to - from) > least;
    return svg('rect', { x: i * 5, y: HEIGHT - height, width: 4, height, class: isIn ? 'in' : 'out' });
  });
}
