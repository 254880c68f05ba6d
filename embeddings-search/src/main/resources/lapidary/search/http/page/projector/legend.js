/** What the colours mean; a click hides or shows a class, a double click leaves it alone. */

import { css as classColour, shape } from '../core/colours.js';
import { h, replace } from '../core/dom.js';
import { css, ramp } from './palette.js';

const whole = new Intl.NumberFormat('en');
const OTHERS = 255;
const STOPS = 9;

/** A value of an attribute as a person reads it. */
export function valueText(value) {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return value.toPrecision(3).replace(/^(-?)0\./, '$1.').replace('-', '−');
}

/**
 * Makes a legend.
 * @param {(hidden: Set<number>) => void} onchange told which codes are hidden
 */
export function legend(onchange) {
  const element = h('div.legend', { role: 'group', 'aria-label': 'Legend' });
  let rows = [];
  let hidden = new Set();

  function set(next) {
    hidden = next;
    rows.forEach(({ code, button }) => button.setAttribute('aria-pressed', String(!hidden.has(code))));
    element.classList.toggle('some', hidden.size > 0);
    onchange(hidden);
  }

  function toggle(code) {
    const next = new Set(hidden);
    if (!next.delete(code)) next.add(code);
    set(next);
  }

  function isolate(code) {
    const others = rows.filter(row => row.code !== code).map(row => row.code);
    set(others.every(other => hidden.has(other)) && !hidden.has(code) ? new Set() : new Set(others));
  }

  function row(code, text, count, look) {
    const button = h('button', {
      type: 'button', 'aria-pressed': 'true', title: `${text}: click to hide, double click to show alone`,
      onclick: () => toggle(code), ondblclick: () => isolate(code),
    }, h('i.dot', look), h('span', {}, text), h('b', {}, whole.format(count)));
    rows.push({ code, button });
    return h('li', {}, button);
  }

  function classes({ values, others, none }) {
    const grey = { style: { '--k': 'var(--faint)' } };
    const listed = values.map(({ value, count }, i) => row(i + 1, valueText(value), count, { style: { '--k': classColour(i) }, class: shape(i) }));
    if (others) listed.push(row(OTHERS, 'others', others, grey));
    if (none && (values.length || others)) listed.push(row(0, 'none', none, grey));
    return h('ul', {}, listed);
  }

  /** @param {import('./palette.js').Legend} of */
  function show(of) {
    rows = [];
    hidden = new Set();
    element.classList.remove('some');
    element.hidden = !of.values.length;
    replace(element, of.kind === 'scale' ? scale(of) : classes(of),
      h('button.link.all', { type: 'button', onclick: () => set(new Set()) }, 'Show all'));
  }

  return { element, show, repaint: of => of.kind === 'scale' && show(of) };
}

function scale({ values }) {
  const stops = Array.from({ length: STOPS }, (_, i) => css(ramp(i / (STOPS - 1)))).join(', ');
  return h('div.scale', {},
    h('div.ramp', { style: { background: `linear-gradient(to right, ${stops})` } }),
    h('div.ticks', {}, [0, Math.floor(values.length / 2), values.length - 1].map(i => h('span', {}, valueText(values[i].value)))));
}
