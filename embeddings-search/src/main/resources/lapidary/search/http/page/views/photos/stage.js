/** The work of the photos view: what is found as a grid, what narrows it above, the space above that. */

import { address } from '../../core/address.js';
import { isAborted } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { filters } from './filters.js';
import { nothingFound } from './first.js';
import { grid } from './grid.js';
import { likenessSlider } from './likeness.js';
import { options } from './options.js';
import { isAsked } from './query.js';
import { strip } from './strip.js';
import { summary } from './summary.js';

/**
 * Furnishes the view.
 * @param {HTMLElement} host
 * @param {import('../../frame/frame.js').Frame} frame
 * @param {{onend: () => void, more: Node[]}} given `onend`: the last of the items are nearly seen; `more` is put below
 */
export function stage(host, frame, { onend, more }) {
  const parts = {
    summary: summary(), options: options(), slider: likenessSlider(min => address.go({ min }, { replace: true })), filters: filters(), strip: strip(host),
    grid: grid(host, { onopen: item => address.go({ sel: item.id }), onend }),
  };
  const place = h('div.place');
  const bar = h('div.bar', {}, parts.summary.element, h('span.spring'), parts.slider.element);
  const narrowing = h('div.narrowing', {}, parts.filters.element, parts.options.element);
  replace(host, h('h1.hidden-text', {}, 'Photos'), parts.strip.element, bar, narrowing, place, parts.grid.element, more);

  const say = problem => isAborted(problem) || frame.say(problem.message);

  /**
   * Shows what was found.
   * @param {import('./source.js').Found} found
   * @param {AbortSignal} signal of what is asked for further
   */
  function show(collection, query, found, signal) {
    host.scrollTop = 0;
    bar.hidden = narrowing.hidden = false;
    parts.summary.show(collection, query, found);
    parts.slider.show(found.scores, query.min);
    replace(place, found.items.length ? [] : nothingFound(why(collection, query)));
    parts.grid.show({ collection: collection.name, items: found.items, score: found.scores.length > 0, total: found.total });
    parts.strip.show(collection, isAsked(query) ? found.items.map(item => item.id) : null).catch(say);
    parts.filters.show(collection, query, found.items, signal).catch(say);
  }

  /** What stands above the grid goes too, so that what is said instead begins at the top. */
  function clear() {
    bar.hidden = narrowing.hidden = true;
    parts.summary.clear();
    parts.slider.show([], null);
    parts.options.element.hidden = true;
    replace(parts.filters.element);
    parts.strip.unmount();
    parts.grid.show({ collection: '', items: [], score: false, total: 0 });
    frame.inspector.hide();
  }

  return {
    /** What is shown in place of the grid, or while one waits for it. */
    place,
    grid: parts.grid,
    show, clear,
    options: parts.options.show,
    isMounted: () => host.contains(bar),
    unmount() {
      parts.grid.unmount();
      parts.strip.unmount();
    },
  };
}

function why(collection, query) {
  return { isAsked: isAsked(query), isFiltered: query.labels.length + query.values.length > 0 || query.min !== null, isEmpty: !collection.count };
}
