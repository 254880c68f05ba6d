/** The drawings of the frame, each on a field of 24 by 24. */

import { svg } from '../core/dom.js';

const PATHS = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
  image: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM3 16l5-5 5 5 3-3 5 5',
  camera: 'M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  similar: 'M9 5a6 6 0 1 0 0 12A6 6 0 0 0 9 5zM15 7a6 6 0 1 1-3 11',
  alert: 'M12 4 2.5 20h19zM12 10v5M12 17.5v.01',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
};

/** @param {keyof PATHS} name @returns {SVGElement} hidden from screen readers: what it is on says what it does */
export function icon(name) {
  return svg('svg.icon', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}

/** The mark of the application. */
export function mark() {
  return svg('svg.mark-gem', { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    svg('path.facet', { d: 'M7 3h10l5 7-10 11L2 10z' }),
    svg('path.edge', { d: 'M2 10h20M7 3l5 7 5-7M12 10v11' }));
}
