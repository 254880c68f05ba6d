/** What keys do among photos. */

import { address } from '../../core/address.js';
import { similar, toggleTaste } from './details.js';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

/**
 * Actions for `bind` of `core/keys.js`.
 * @param {{grid: ReturnType<typeof import('./grid.js').grid>, query: () => import('./query.js').Query, isInspecting: () => boolean}} of
 * @returns {Object<string, (event: KeyboardEvent) => boolean>}
 */
export function keys({ grid, query, isInspecting }) {
  /** The photo that is selected, else the one that has the focus. */
  const current = () => address.read().get('sel') || (grid.element.contains(document.activeElement) ? grid.focusedItem()?.id : null);

  function onCurrent(act) {
    const id = current();
    if (id) act(id);
    return Boolean(id);
  }

  /** Where the inspector is open it follows. */
  function arrow(event) {
    if (event.target.type === 'range') return false;
    const item = grid.move(event.key);
    if (item && isInspecting()) address.go({ sel: item.id }, { replace: true });
    return Boolean(item);
  }

  return {
    ...Object.fromEntries(ARROWS.map(key => [key, arrow])),
    s: () => onCurrent(similar),
    l: () => onCurrent(id => toggleTaste('like', id, query())),
    u: () => onCurrent(id => toggleTaste('less', id, query())),
  };
}
