/** What the top of the photos view is for: searching by words and pictures, and adding pictures for who may. */

import { address } from '../../core/address.js';
import * as served from '../../core/served.js';
import { addButton } from './add.js';
import { keep } from './sent.js';

/**
 * Furnishes it; who may add is found out by and by.
 * @param {import('../../frame/frame.js').Frame} frame
 * @param {{now: () => {collection: Object|null, query: Object|null}, isMounted: () => boolean, onadd: (files: File[]) => void}} view
 * @returns {{actions: () => Node[]}} what is at the right of the field
 */
export function top(frame, { now, isMounted, onadd }) {
  const drops = [{ label: 'Search by it', act: byPictures }];
  let actions = [];

  function byPictures(files) {
    address.go({ picture: [...(now().query?.pictures || []), ...files.map(keep)], near: null, min: null, sel: null });
  }

  async function offerAdding() {
    if (!await served.mayWrite().catch(() => false)) return;
    drops.push({ label: 'Add to the collection', act: onadd });
    actions = [addButton(onadd)];
    if (isMounted() && now().collection) frame.actions(actions);
  }

  frame.top({
    picker: true, drops: () => (now().collection ? drops : []),
    search: { label: 'Search by words or picture', placeholder: 'Words, or paste, drop, photograph a picture', onwords: words => address.go({ q: words || null, min: null, sel: null }), onpictures: byPictures },
  });
  offerAdding();
  return { actions: () => actions };
}
