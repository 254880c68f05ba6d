/** Which collection is looked at. */

import { address } from '../core/address.js';
import { h, replace } from '../core/dom.js';
import { count } from '../core/text.js';

/** Makes the picker. @returns {{element: HTMLElement, show: (collections: import('../core/served.js').Collection[], chosen: string) => void}} */
export function collectionPicker() {
  const element = h('select.pick', { 'aria-label': 'Collection', onchange: () => address.go({ in: element.value }, { fresh: true }) });
  function show(collections, chosen) {
    const none = !chosen && h('option', { value: '', disabled: true }, 'Choose a collection');
    replace(element, none, collections.map(({ name, count: items }) => h('option', { value: name }, `${name}, ${count(items)}`)));
    element.value = chosen;
  }
  return { element, show };
}
