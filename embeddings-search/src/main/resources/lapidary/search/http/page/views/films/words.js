/** Numbers about films as a person reads them. */

import { count } from '../../core/text.js';

/** A bias with its sign: `+.53`, `−1.04`. */
export function signed(bias) {
  const text = Math.abs(bias).toFixed(2).replace(/^0/, '');
  return (bias < 0 ? '−' : '+') + text;
}

/** A rating: `4.6`, `5`. */
export const stars = rating => rating.toFixed(1).replace(/\.0$/, '');

const ORDINALS = ['', 'highest', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** A place from the top: `the sixth`, `number 214`. */
export const place = number => (ORDINALS[number] ? `the ${ORDINALS[number]}` : `number ${count(number)}`);

/** `1996 · Crime`. @param {import('./ask.js').Film} film */
export const line = film => [film.year, film.genres[0]].filter(Boolean).join(' · ');
