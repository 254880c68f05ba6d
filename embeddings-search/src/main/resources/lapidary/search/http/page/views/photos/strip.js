/** The space above the photos, which lights up what is found. What draws it is large, so it comes once the photos are there. */

import { address } from '../../core/address.js';
import { api } from '../../core/api.js';
import { h } from '../../core/dom.js';
import { calm } from '../../core/later.js';
import { thumbnail } from '../../core/pictures.js';

/** In fewer rows than this the strip would take the place of the photos. */
const ROOMY = matchMedia('(min-width: 601px) and (min-height: 700px)');

/** Makes the place. @param {HTMLElement} scroller what it is scrolled in @returns {{element: HTMLElement, show: (collection: Object, lit: string[]|null) => Promise<void>, unmount: () => void}} */
export function strip(scroller) {
  const element = h('div.strip-place', { hidden: true });
  let mounted = null;
  let of = '';
  let wanted = null;

  async function show(collection, lit) {
    if (!ROOMY.matches || !collection.count) return;
    const key = `${collection.name}\n${collection.count}`;
    wanted = lit;
    if (key === of) return mounted?.light(lit);
    unmount();
    of = key;
    element.hidden = false;
    await calm(element, scroller);
    if (key !== of) return;
    const { mountStrip } = await import('../../projector/strip.js');
    if (key !== of) return;
    mounted = mountStrip(element, {
      collection: collection.name, api, lit: wanted,
      onpick: id => address.go({ sel: id }),
      picture: id => thumbnail(collection.name, id),
      href: address.href({ view: 'space', in: collection.name }, { fresh: true }),
    });
  }

  function unmount() {
    of = '';
    mounted?.unmount();
    mounted = null;
    element.hidden = true;
  }

  return { element, show, unmount };
}
