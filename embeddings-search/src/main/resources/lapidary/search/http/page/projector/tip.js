/** What a point is, beside it. */

import { h, replace, style } from '../core/dom.js';

const GAP = 16;

/**
 * Makes it.
 * @param {(index: number) => Promise<{title: string, lines: string[], picture?: Promise<string>}|null>} tell
 */
export function tip(tell) {
  const body = h('div');
  const element = h('div.tip', { role: 'status', hidden: true }, body);
  let wanted = -1;

  async function show(index, x, y, size) {
    if (index !== wanted) {
      wanted = index;
      element.hidden = true;
      if (index < 0) return;
      const told = await Promise.resolve(tell(index)).catch(() => null);
      if (wanted !== index || !told) return;
      fill(told);
    }
    if (index >= 0 && body.childNodes.length) place(x, y, size);
  }

  function fill({ title, lines, picture }) {
    const image = h('img', { alt: '', hidden: true });
    picture?.then(url => { image.setAttribute('src', url); image.hidden = !url; }, () => {});
    replace(body, picture && image, h('strong', {}, title), lines.map(line => h('span', {}, line)));
  }

  /** To the right of the point, where there is room; never over it. */
  function place(x, y, { width, height }) {
    element.hidden = false;
    const { offsetWidth: wide, offsetHeight: high } = element;
    const left = x + GAP + wide < width ? x + GAP : Math.max(4, x - GAP - wide);
    const top = Math.max(4, Math.min(height - high - 4, y - high / 2));
    style(element, { transform: `translate(${Math.round(left)}px, ${Math.round(top)}px)` });
  }

  return { element, show, hide: () => show(-1) };
}
