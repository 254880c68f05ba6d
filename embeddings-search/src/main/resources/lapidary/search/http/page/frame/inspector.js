/** What is selected, at the right; a sheet over the work where there is less room. */

import { h, replace } from '../core/dom.js';
import { icon } from './icons.js';

/**
 * Makes the inspector.
 * @returns {{element: HTMLElement, show: (content: {label: string, body: Node|Node[], onclose: () => void}) => void, close: () => boolean, isOpen: () => boolean}}
 *   `show` exchanges what is there; `close` tells who showed it by `onclose`, and whether there was something
 */
export function inspector() {
  const body = h('div.side-body');
  const element = h('aside.side', { hidden: true },
    h('button.round.side-close', { type: 'button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: () => close() }, icon('close')), body);
  let onclose = () => {};

  function show(content) {
    onclose = content.onclose;
    element.setAttribute('aria-label', content.label);
    replace(body, content.body);
    element.scrollTop = 0;
    element.hidden = false;
    document.body.classList.add('inspecting');
  }

  /** Without a word to who showed it: the view itself is leaving. */
  function hide() {
    element.hidden = true;
    document.body.classList.remove('inspecting');
    body.replaceChildren();
    onclose = () => {};
  }

  function close() {
    if (element.hidden) return false;
    const tell = onclose;
    hide();
    tell();
    return true;
  }

  return { element, show, hide, close, isOpen: () => !element.hidden };
}
