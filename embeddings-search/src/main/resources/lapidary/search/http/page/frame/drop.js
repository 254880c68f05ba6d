/** Pictures dropped or pasted anywhere on the page. */

import { h, replace } from '../core/dom.js';

/**
 * Takes what is dropped or pasted.
 * @param {() => Array<{label: string, act: (files: File[]) => void}>} targets what may be done with pictures now; the first is done with what is pasted
 * @returns {HTMLElement} the overlay while one drags
 */
export function drop(targets) {
  const overlay = h('div.drop', { hidden: true });
  const hide = () => { overlay.hidden = true; };

  function enter(event) {
    if (!overlay.hidden || !hasFiles(event)) return;
    const now = targets();
    if (!now.length) return;
    replace(overlay, now.map(target => zone(target, hide)));
    overlay.hidden = false;
  }

  addEventListener('dragenter', enter);
  addEventListener('dragover', event => event.preventDefault());
  addEventListener('dragleave', event => { if (!event.relatedTarget) hide(); });
  addEventListener('drop', event => { event.preventDefault(); hide(); });
  document.addEventListener('paste', event => {
    const files = pictures(event.clipboardData);
    if (files.length) targets()[0]?.act(files);
  });
  return overlay;
}

function zone({ label, act }, hide) {
  const element = h('div.drop-zone', {
    ondragenter: () => element.classList.add('over'),
    ondragleave: () => element.classList.remove('over'),
    ondrop: event => {
      event.preventDefault();
      hide();
      act(pictures(event.dataTransfer));
    },
  }, label);
  return element;
}

const hasFiles = event => [...(event.dataTransfer?.types || [])].includes('Files');
const pictures = transfer => [...transfer.files].filter(file => file.type.startsWith('image/'));
