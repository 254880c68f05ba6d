/** What is around every view: navigation, the top with the one field, the inspector, and what is said. */

import { access } from '../core/access.js';
import { address } from '../core/address.js';
import { h, replace } from '../core/dom.js';
import { bind } from '../core/keys.js';
import * as served from '../core/served.js';
import { collectionPicker } from './collection.js';
import { drop } from './drop.js';
import { inspector } from './inspector.js';
import { login } from './login.js';
import { notes } from './messages.js';
import { navigation } from './navigation.js';
import { search } from './search.js';
import { shortcuts } from './shortcuts.js';

/**
 * What a view has of the frame.
 * @typedef {Object} Frame
 * @property {(top: Top) => void} top says what the view has at the top; called when it is mounted
 * @property {(nodes: Node[]) => void} actions exchanges those at the right of the field
 * @property {(words: string, chips?: import('./search.js').Chip[]) => void} query shows in the field what is looked for
 * @property {() => Promise<import('../core/served.js').Collection|undefined>} collection the one that the address names, else the first; told in the picker
 * @property {{show: Function, hide: Function, close: () => boolean, isOpen: () => boolean}} inspector
 * @property {(sentence: string, act?: {label: string, run: () => void}) => void} say a short note
 * @property {(view: string, what?: string) => void} title what the tab is called
 *
 * @typedef {Object} Top
 * @property {boolean} [picker] whether a collection is picked
 * @property {import('./search.js').Use} [search] what the field is for; without it there is none
 * @property {Node[]} [actions] at the right of the field
 * @property {() => Array<{label: string, act: (files: File[]) => void}>} [drops] what may be done with pictures that are dropped or pasted
 */

/** Furnishes the frame around an empty place. @returns {{frame: Frame, host: HTMLElement, at: (view: string) => void}} */
export function build() {
  const parts = {
    navigation: navigation(), picker: collectionPicker(), search: search(), inspector: inspector(), notes: notes(),
    login: login(), shortcuts: shortcuts(), actions: h('div.actions'), host: document.getElementById('work'),
  };
  let top = {};
  const overlay = drop(() => top.drops?.() || []);
  furnish(parts, overlay);
  access.askBy(parts.login.ask);
  bindKeys(parts);
  const frame = {
    top(next) {
      top = next;
      arrange(parts, next);
    },
    actions: nodes => replace(parts.actions, nodes),
    query: parts.search.show,
    collection: () => collection(parts.picker),
    inspector: parts.inspector,
    say: parts.notes.say,
    title: (view, what) => { document.title = [what, view, 'Lapidary'].filter(Boolean).join(' · '); },
  };
  return { frame, host: parts.host, at: view => at(parts, view) };
}

/** The shell has the navigation, the top and the place of the work, so that they are seen before any of this runs. */
function furnish({ picker, search: find, inspector: side, notes: said, login: form, shortcuts: keys, actions }, overlay) {
  replace(document.querySelector('.top'), picker.element, find.element, actions);
  document.body.append(side.element, said.element, form.element, keys.element, find.dialog, overlay);
}

function arrange({ picker, search: find, actions, inspector: side }, top) {
  picker.element.hidden = !top.picker;
  find.element.hidden = !top.search;
  if (top.search) find.use(top.search);
  replace(actions, top.actions || []);
  side.hide();
}

function bindKeys({ search: find, shortcuts: keys, inspector: side }) {
  bind({
    '/': () => !find.element.hidden && find.focus(),
    '?': () => keys.toggle(),
    Escape: () => side.close(),
  });
}

async function collection(picker) {
  const all = await served.collections();
  const name = address.read().get('in');
  const chosen = name ? all.find(each => each.name === name) : all[0];
  picker.show(all, chosen?.name || '');
  picker.element.hidden = !all.length;
  return chosen;
}

function at({ navigation: rail }, view) {
  rail.mark(view);
  rail.tell().catch(() => {});
}
