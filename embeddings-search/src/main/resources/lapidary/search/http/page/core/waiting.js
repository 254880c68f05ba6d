/** What is shown while one waits: nothing at first, then the shape of what comes, then what is being done. */

import { h } from './dom.js';

const SHAPE_MILLIS = 100;
const WORDS_MILLIS = 2000;

/**
 * Shows that something comes, until the function that is given back is called.
 * @param {HTMLElement} place what is put into
 * @param {() => Node} shape of what comes, such as blocks of the class `skeleton`
 * @param {string} doing a sentence, such as "Searching 10,000 photos …"
 * @returns {() => void}
 */
export function waiting(place, shape, doing) {
  const element = h('div.waiting', { 'aria-busy': 'true' });
  const words = h('p.soft', { role: 'status' });
  const timers = [
    setTimeout(() => { element.append(words, shape()); place.append(element); }, SHAPE_MILLIS),
    setTimeout(() => { words.textContent = doing; }, WORDS_MILLIS),
  ];
  return () => {
    timers.forEach(clearTimeout);
    element.remove();
  };
}
