/** Puts pictures into the collection as new items. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { forget } from '../../core/pictures.js';
import { counted } from '../../core/text.js';
import { icon } from '../../frame/icons.js';

/**
 * Makes the dialog.
 * @param {{onadded: (added: number, collection: Object) => void}} tells
 * @returns {{element: HTMLDialogElement, open: (collection: Object, labels: string[], files: File[]) => void}}
 */
export function addDialog({ onadded }) {
  const heading = h('h1');
  const list = h('ul.adding');
  const known = h('datalist', { id: 'known-labels' });
  const label = h('input.field', { id: 'add-label', list: 'known-labels', autocomplete: 'off' });
  const submit = h('button.go', { type: 'submit' });
  const form = h('form', { onsubmit: event => { event.preventDefault(); put(); } },
    list, h('label', { for: 'add-label' }, 'Label, if they have one'), label, known,
    h('div.row', {}, submit, h('button.quiet', { type: 'button', onclick: () => element.close() }, 'Close')));
  const element = h('dialog.add', { 'aria-label': 'Add photos', onclose: () => entries.forEach(each => URL.revokeObjectURL(each.url)) },
    h('div.dialog-head', {}, heading, h('button.round', { type: 'button', 'aria-label': 'Close', onclick: () => element.close() }, icon('close'))), form);
  let entries = [];
  let target = null;

  function open(collection, labels, files) {
    target = collection;
    entries = files.map(entry);
    replace(heading, `Add to ${collection.name}`);
    replace(list, entries.map(each => each.element));
    replace(known, labels.map(value => h('option', { value })));
    label.value = '';
    tell();
    element.showModal();
  }

  function tell() {
    const left = entries.filter(each => !each.isDone);
    submit.hidden = !left.length;
    replace(submit, `Add ${counted(left.length, 'photo')}`);
  }

  /** One after the other; one that is refused says why and stays, to be tried again. */
  async function put() {
    submit.disabled = true;
    const before = entries.filter(each => each.isDone).length;
    for (const each of entries.filter(one => !one.isDone)) await putOne(target, label.value.trim(), each);
    submit.disabled = false;
    tell();
    const added = entries.filter(each => each.isDone).length - before;
    if (added) onadded(added, target);
    if (entries.every(each => each.isDone)) element.close();
  }

  return { element, open };
}

function entry(file) {
  const url = URL.createObjectURL(file);
  const id = h('input.field', { value: file.name || `photo-${Date.now()}.png`, required: true, 'aria-label': 'Id' });
  const state = h('p', { role: 'status' });
  const element = h('li', {}, h('img', { src: url, alt: '', onerror: event => event.target.replaceWith(h('span.unseen', { 'aria-hidden': 'true' }, icon('image'))) }), h('div', {}, id, state));
  return { file, url, id, state, element, isDone: false };
}

async function putOne(collection, label, each) {
  const id = each.id.value.trim();
  const form = new FormData();
  form.append('image', each.file);
  if (label) form.append('label', label);
  replace(each.state, 'Adding …');
  try {
    await api.send('PUT', `/v1/collections/${encodeURIComponent(collection.name)}/items/${encodeURIComponent(id)}`, { form });
    forget(collection.name, id);
    each.isDone = true;
    replace(each.state, 'Added');
  } catch (problem) {
    each.state.classList.add('bad');
    replace(each.state, `${problem.message} ${problem.way || ''}`);
  }
}

/** A button that chooses pictures to add. @param {(files: File[]) => void} onfiles @returns {HTMLElement} */
export function addButton(onfiles) {
  const file = h('input', { type: 'file', accept: 'image/*', multiple: true, 'aria-label': 'Add photos', onchange: () => { onfiles([...file.files]); file.value = ''; } });
  return h('label.ghost.upload', {}, icon('plus'), h('span.label', { 'aria-hidden': 'true' }, 'Add photos'), file);
}
