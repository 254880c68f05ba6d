/** The rows of the films view: for whoever looks, and for what films are. */

import { h } from '../../core/dom.js';
import { counted, likeness } from '../../core/text.js';
import * as ask from './ask.js';
import * as ratings from './ratings.js';
import { row } from './row.js';
import { ENOUGH, welcome } from './welcome.js';
import { signed, stars } from './words.js';

const SHOWN = 24;
const BECAUSE = 3;
/** Of so many the seldom rated are picked. */
const LOOKED_AT = 200;
/** Films that fewer people rated are news to most. */
const SELDOM = 100;
const TO_RATE = 60;

/** What a film was ranked by, beside its tile. */
export const notes = {
  bias: film => `bias ${signed(film.bias)}`,
  expected: film => `expected ${film.score.toFixed(1)}`,
  likeness: film => `likeness ${likeness(film.score)}`,
  ratings: film => counted(film.ratings, 'rating'),
  rating: film => `rated ${stars(film.score)}`,
};

export const REASONS = {
  best: 'By bias: what is left when generous and strict users, and a taste for such films, are taken out of the mean.',
  worst: 'The lowest bias: liked less than the same people like such films.',
  known: 'Where most people have an opinion.',
};

/**
 * @param {import('./ask.js').Facets} facets
 * @returns {{element: HTMLElement, update: (filter: import('./ask.js').Filter, user: string|null, signal: AbortSignal) => Promise<void>}}
 */
export function rows(facets) {
  const rate = facets.scale && welcome(facets.scale);
  const all = Object.fromEntries(['user', 'rated', 'you', 'because-0', 'because-1', 'because-2', 'seldom', 'best', 'known', 'worst'].map(name => [name, row(name)]));
  const heard = h('p.hidden-text', { role: 'status' });
  let more = false;
  const element = h('div.films-rows', {}, heard, rate?.element, Object.values(all).map(each => each.element));

  async function update(filter, user, signal) {
    const least = await Promise.all([ask.byBias('best', filter, SHOWN, signal), ask.byBias('worst', filter, SHOWN, signal), ask.find('', filter, SHOWN, signal)]);
    await (user ? known(user, filter, signal) : visitor(filter, signal));
    const [best, worst, most] = least;
    all.best.update({ title: 'Best liked for what they are', reason: REASONS.best, films: best, note: notes.bias, more: { list: 'best' } });
    all.known.update({ title: 'Best known', reason: REASONS.known, films: most, note: notes.ratings, more: { list: 'known' } });
    all.worst.update({ title: 'Least liked for what they are', reason: REASONS.worst, films: worst, note: notes.bias, more: { list: 'worst' } });
  }

  async function visitor(filter, signal) {
    all.user.update(null);
    all.rated.update(null);
    if (!facets.scale) return;
    const [lists, famous] = await Promise.all([
      ratings.count() ? ask.visitor(ratings.all(), filter, { count: LOOKED_AT, signal }) : null,
      ask.find('', filter, TO_RATE, signal),
    ]);
    rate.update(famous);
    offer();
    show(lists);
  }

  /** Who has rated enough is not asked for more, unless by a wish. */
  function offer() {
    rate.element.hidden = ratings.count() >= ENOUGH && !more;
  }

  function rateMore() {
    more = true;
    offer();
    rate.element.scrollIntoView({ block: 'nearest' });
    rate.element.querySelector('button')?.focus();
  }

  function show(lists) {
    const films = lists ? lists.for_you : [];
    const first = films.slice(0, SHOWN);
    heard.textContent = first.length ? `For you: ${first.slice(0, 3).map(film => film.name).join(', ')}` : '';
    const seldom = films.slice(SHOWN).filter(film => film.ratings < SELDOM).slice(0, SHOWN);
    all.you.update({ title: 'For you', reason: reason(more ? null : rateMore), films: first, note: notes.expected, more: { list: 'you' } });
    all.seldom.update({
      title: 'New to you', reason: `Fewer than ${SELDOM} people rated these, so you may have missed them.`,
      films: ratings.count() < ENOUGH ? [] : seldom, note: notes.expected,
    });
    for (let i = 0; i < BECAUSE; i++) because(all[`because-${i}`], lists?.because[i]);
  }

  function because(place, found) {
    place.update(found ? {
      title: `Because you liked ${found.liked.name}`, reason: 'Nearest by what the same people like. Films that you rated are left out.',
      films: found.movies.slice(0, SHOWN), note: notes.likeness, more: { list: 'similar', of: found.liked.id },
    } : null);
  }

  async function known(user, filter, signal) {
    if (rate) rate.element.hidden = true;
    ['you', 'seldom', 'because-0', 'because-1', 'because-2'].forEach(name => all[name].update(null));
    const [found, rated] = await Promise.all([ask.recommended(user, filter, SHOWN, signal), facets.hides_rated ? ask.ratedBy(user, signal) : []]);
    all.user.update({
      title: `For user ${user}`, films: found.movies, note: notes.expected, more: { list: 'user' },
      reason: found.known_user ? `By predicted rating.${rated.length ? ` ${counted(rated.length, 'rated film')} left out.` : ''}` : 'This user is not known, so these are for an average one.',
    });
    all.rated.update({ title: `Rated by user ${user}`, reason: 'From the ratings that this server was given, the best first.', films: rated.slice(0, SHOWN * 2), note: notes.rating });
  }

  return { element, update };
}

function reason(rateMore) {
  const done = ratings.count();
  if (done < ENOUGH) return `From ${counted(done, 'rating')}; from ${ENOUGH} on the list is yours.`;
  const words = `By what you are expected to rate, from ${counted(done, 'rating')}; those films are left out.`;
  return h('span', {}, words, rateMore && [' ', h('button.link', { type: 'button', onclick: rateMore }, 'Rate more')]);
}
