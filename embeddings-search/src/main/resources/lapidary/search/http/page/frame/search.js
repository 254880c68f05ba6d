/** The one field: words, and pictures as chips, typed, pasted, chosen or photographed. What they mean is the view's. */

import { h, replace } from '../core/dom.js';
import { settled } from '../core/later.js';
import { cameraDialog, hasCamera } from './camera.js';
import { icon } from './icons.js';

const TYPING_MILLIS = 150;

/**
 * @typedef {{label: string, placeholder: string, live?: boolean, onwords: (words: string) => void, onpictures?: (files: File[]) => void}} Use
 *   `live`: told as one types, else at Enter; without `onpictures` no pictures are taken
 * @typedef {{text: string, kind?: 'like'|'less', picture?: Promise<string>, onremove: () => void}} Chip
 * @returns {{element: HTMLElement, dialog: HTMLDialogElement, use: (use: Use) => void, show: (words: string, chips?: Chip[]) => void, focus: () => void, takesPictures: () => boolean, pictures: (files: File[]) => void}}
 */
export function search() {
  let early = null;
  // A person may be quicker than the view that is being loaded.
  let use = { onwords: words => { early = words; }, placeholder: '' };
  let shown = [];
  let told = '';
  const typed = settled(() => use.onwords(field.value.trim()), TYPING_MILLIS);
  const chips = h('span.chips', { role: 'list', 'aria-label': 'What is looked for' });
  const field = h('input', {
    type: 'search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'search',
    oninput: () => (use.live || !field.value) && typed(),
    onkeydown: event => key(event),
    onpaste: event => paste(event),
  });
  const choose = upload('image', 'Search by a picture', false);
  const shoot = upload('camera', 'Take a photo', true);
  const dialog = cameraDialog({ onphoto: photo => pictures([photo]), onchoose: () => choose.querySelector('input').click() });
  const webcam = h('button.round.webcam', { type: 'button', title: 'Take a photo', 'aria-label': 'Take a photo', onclick: () => dialog.open() }, icon('camera'));
  const element = h('form.find', { role: 'search', onsubmit: event => submit(event) },
    icon('search'), chips, field, choose, shoot, webcam, h('kbd', { 'aria-hidden': 'true' }, '/'));

  function upload(drawing, label, capture) {
    const file = h('input', {
      type: 'file', accept: 'image/*', multiple: !capture, capture: capture && 'environment', 'aria-label': label,
      onchange: () => { pictures([...file.files]); file.value = ''; },
    });
    return h('label.round.upload', { title: label, class: drawing }, icon(drawing), file);
  }

  function pictures(files) {
    const found = files.filter(file => file.type.startsWith('image/'));
    if (found.length) use.onpictures?.(found);
  }

  function submit(event) {
    event.preventDefault();
    typed.cancel();
    use.onwords(field.value.trim());
  }

  function key(event) {
    if (event.key === 'Backspace' && !field.value && shown.length) shown[shown.length - 1].onremove();
    if (event.key === 'Escape') field.blur();
  }

  function paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length || !use.onpictures) return;
    event.preventDefault();
    event.stopPropagation();
    pictures(files);
  }

  function show(words, given = []) {
    shown = given;
    // What is being typed stays: only another query changes it.
    if (words !== told || document.activeElement !== field) field.value = words;
    told = words;
    replace(chips, given.map(chip));
    field.placeholder = given.length ? 'and words' : use.placeholder;
  }

  return {
    element, dialog: dialog.element,
    use(next) {
      typed.cancel();
      const asked = early;
      early = null;
      use = next;
      field.setAttribute('aria-label', next.label);
      choose.hidden = shoot.hidden = !next.onpictures;
      webcam.hidden = !next.onpictures || !hasCamera();
      if (asked === null) show('');
      else next.onwords(asked);
    },
    show,
    focus() { field.focus(); field.select(); },
    takesPictures: () => Boolean(use.onpictures),
    pictures,
  };
}

const SIGNS = { like: '+ ', less: '− ' };

function chip({ text, kind, picture, onremove }) {
  const image = h('span.chip-picture');
  picture?.then(url => replace(image, h('img', { src: url, alt: '', onerror: () => replace(image, icon('alert')) })), () => {});
  return h('span.query', { role: 'listitem', class: kind }, picture && image,
    h('span.chip-text', {}, (SIGNS[kind] || '') + text),
    h('button', { type: 'button', 'aria-label': `Remove ${text}`, onclick: onremove }, icon('close')));
}
