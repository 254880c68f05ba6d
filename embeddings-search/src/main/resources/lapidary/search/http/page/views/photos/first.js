/** What one sees where there is nothing to look at yet. */

import { address } from '../../core/address.js';
import { h } from '../../core/dom.js';
import { collections } from '../../core/served.js';
import { empty } from '../../frame/messages.js';

/** A server without collections: how to get one. @returns {HTMLElement} */
export function withoutCollections() {
  return empty({
    title: 'No collection yet',
    text: 'A collection holds your photos with their vectors, so that they can be searched by picture and by words. Make one in a terminal, then serve it:',
    commands: [
      { about: 'Try it with what comes with Lapidary: a collection, a model and films', command: './lapidary serve --demo' },
      { about: 'Or get a model that turns photos into vectors', command: './lapidary train resnet18 --data photos.zip --pretrained resnet18.safetensors --out runs/photos\n./lapidary export runs/photos -o photos.onnx' },
      { about: 'Make a collection of a folder of photos with it', command: './lapidary index create album --model photos.onnx --images photos/' },
      { about: 'Serve both', command: './lapidary serve --collection album --model photos.onnx' },
    ],
  });
}

/** A collection that the address names and that is not there. @param {string} name @returns {Promise<HTMLElement>} */
export async function unknownCollection(name) {
  const others = await collections();
  return empty({
    title: `There is no collection ${name}`,
    text: 'It may have been dropped or renamed. These are there:',
    acts: others.map(each => h('button.quiet', { type: 'button', onclick: () => address.go({ in: each.name }, { fresh: true }) }, each.name)),
  });
}

/** Nothing fits. @param {{isAsked: boolean, isFiltered: boolean, isEmpty: boolean}} why @returns {HTMLElement} */
export function nothingFound({ isAsked, isFiltered, isEmpty }) {
  if (isEmpty) return empty({ title: 'This collection is empty', text: 'Add photos with the button above, or drop them here.' });
  return empty({
    title: 'Nothing fits',
    text: 'Words are looked for in labels and attributes. Try fewer words, another picture or a lower likeness.',
    acts: [
      isFiltered && h('button.quiet', { type: 'button', onclick: () => address.go({ label: null, is: null, min: null }) }, 'Without filters'),
      isAsked && h('button.quiet', { type: 'button', onclick: () => address.go({ in: address.read().get('in') }, { fresh: true }) }, 'Show all photos'),
    ].filter(Boolean),
  });
}
