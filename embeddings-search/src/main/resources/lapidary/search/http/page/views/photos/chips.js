/** What is looked for, as chips in the field. */

import { address } from '../../core/address.js';
import { thumbnail } from '../../core/pictures.js';
import { fileName } from '../../core/text.js';
import { sent } from './sent.js';

/** @param {Object} collection @param {import('./query.js').Query} query @returns {import('../../frame/search.js').Chip[]} */
export function chips(collection, query) {
  const item = (id, name, kind, rest) => ({
    text: fileName(id), kind, picture: thumbnail(collection.name, id), onremove: () => address.go({ [name]: rest, min: null }),
  });
  return [
    ...query.pictures.map(name => picture(name, query)),
    ...(query.near ? [item(query.near, 'near', undefined, null)] : []),
    ...query.like.map(id => item(id, 'like', 'like', query.like.filter(each => each !== id))),
    ...query.less.map(id => item(id, 'less', 'less', query.less.filter(each => each !== id))),
  ];
}

function picture(name, query) {
  const known = sent(name);
  return {
    text: known?.file.name || 'picture',
    picture: Promise.resolve(known?.url || ''),
    onremove: () => address.go({ picture: query.pictures.filter(each => each !== name), min: null }),
  };
}
