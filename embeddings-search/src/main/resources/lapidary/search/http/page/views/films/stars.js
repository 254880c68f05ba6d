/** Five buttons that rate a film. */

import { h } from '../../core/dom.js';
import * as ratings from './ratings.js';

const WORDS = ['', 'bad', 'poor', 'fair', 'good', 'great'];

/** The whole ratings of a scale. @param {{least: number, most: number}} scale */
export const steps = scale => Array.from({ length: Math.floor(scale.most) - Math.ceil(scale.least) + 1 }, (_, i) => Math.ceil(scale.least) + i);

/**
 * @param {import('./ask.js').Film} film
 * @param {{least: number, most: number}} scale
 * @param {(rating: number|null) => void} [rate] what a click does; usually the rating is kept
 * @returns {HTMLElement} a group of toggles; the chosen one pressed again takes the rating back
 */
export function stars(film, scale, rate = rating => ratings.rate(film.id, rating)) {
  const mine = ratings.of(film.id);
  return h('div.stars', { role: 'group', 'aria-label': `Your rating of ${film.name}` }, steps(scale).map(step => h('button', {
    type: 'button', 'aria-pressed': String(step === mine), title: WORDS[step] || '', 'data-step': step,
    'aria-label': `${step} of ${Math.floor(scale.most)}${step === mine ? ', press to take it back' : ''}`,
    onclick: () => rate(step === mine ? null : step),
  }, step)));
}
