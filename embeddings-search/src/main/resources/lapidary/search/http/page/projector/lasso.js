/** A line drawn around points. */

import { h, svg } from '../core/dom.js';

const LEAST = 4;

/** Makes the line. @param {(line: Array<[number, number]>) => void} ondrawn told of each line that is long enough */
export function lasso(ondrawn) {
  const path = svg('path');
  const element = svg('svg.lasso', { 'aria-hidden': 'true' }, path);
  let line = [];
  const show = () => path.setAttribute('d', line.length ? `M${line.map(at => at.map(Math.round).join(' ')).join('L')}Z` : '');
  return {
    element,
    begin(at) { line = [at]; },
    draw(at) {
      line.push(at);
      show();
    },
    end() {
      const drawn = line;
      line = [];
      show();
      if (drawn.length >= LEAST) ondrawn(drawn);
    },
  };
}

/** The button that says whether one draws. @param {(on: boolean) => void} onchange */
export function lassoButton(onchange) {
  const button = h('button', { type: 'button', 'aria-pressed': 'false', title: 'Draw around points to select them', onclick: () => set(!isOn()) }, 'Lasso');
  const isOn = () => button.getAttribute('aria-pressed') === 'true';
  function set(on) {
    button.setAttribute('aria-pressed', String(on));
    onchange(on);
  }
  return { element: button, set };
}
