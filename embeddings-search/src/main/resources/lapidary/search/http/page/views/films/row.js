/** A row of films that scrolls sideways, with its name and its reason. What changes moves to its new place. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { arrange } from './moving.js';
import { tile } from './tile.js';

/**
 * @typedef {{title: string, reason: string|Node, films: import('./ask.js').Film[], note: (film: import('./ask.js').Film) => string, more?: Object, waiting?: boolean}} Content
 *   `more`: the change of the address that shows all of them
 * @returns {{element: HTMLElement, update: (content: Content|null) => void}} of nothing the row is hidden
 */
export function row(name) {
  const title = h('h2', { id: `row-${name}` });
  const reason = h('p.soft');
  const list = h('ul.strip', { 'aria-labelledby': title.id });
  let more = null;
  const all = h('a.all', { onclick: event => follow(event) }, 'See all');
  const back = button('Back', -1);
  const on = button('On', 1);
  const element = h('section.films-row', { 'aria-labelledby': title.id, hidden: true },
    h('div.films-head', {}, h('div', {}, title, reason), all), h('div.strip-frame', {}, list, back, on));
  list.addEventListener('scroll', ends, { passive: true });
  const watched = new ResizeObserver(ends);
  watched.observe(list);

  /** For the pointer: a keyboard moves by its arrows, a finger by itself. */
  function button(label, direction) {
    return h('button.turn', {
      type: 'button', class: direction < 0 ? 'back' : 'on', tabIndex: -1, 'aria-hidden': 'true', title: label,
      onclick: () => list.scrollBy({ left: direction * list.clientWidth * .85, behavior: 'smooth' }),
    }, direction < 0 ? '‹' : '›');
  }

  function follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    address.go(more);
  }

  function ends() {
    back.hidden = list.scrollLeft < 4;
    on.hidden = list.scrollLeft + list.clientWidth > list.scrollWidth - 4;
  }

  function update(content) {
    element.hidden = !content || (!content.films.length && !content.waiting);
    if (element.hidden) return;
    title.textContent = content.title;
    replace(reason, content.reason);
    all.hidden = !content.more;
    more = content.more;
    if (more) all.href = address.href(more);
    all.setAttribute('aria-label', `See all: ${content.title}`);
    if (content.waiting) replace(list, Array.from({ length: 10 }, () => h('li', {}, h('div.film.skeleton'))));
    else arrange(list, content.films.map(film => tile(film, content.note(film))));
    ends();
  }

  return { element, update };
}
