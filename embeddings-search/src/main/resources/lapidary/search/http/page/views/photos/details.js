/** What the inspector says of one photo. */

import { address } from '../../core/address.js';
import { api, isAborted } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { thumbnail, thumbnailBytes } from '../../core/pictures.js';
import { mayWrite, modelOf } from '../../core/served.js';
import { counted, fileName, likeness, percent } from '../../core/text.js';
import { icon } from '../../frame/icons.js';
import { trouble } from '../../frame/messages.js';
import { nearest } from './ask.js';
import { remove } from './remove.js';

const NEAREST = 8;
const CLASSES = 5;

/**
 * Fills the inspector; parts come as they are answered.
 * @param {{collection: Object, item: Object, score: boolean, query: Object, say: Function, onremoved: () => void, signal: AbortSignal}} content
 * @returns {HTMLElement}
 */
export function details(content) {
  const { collection, item } = content;
  return h('div.details', {},
    picture(content),
    h('h2', {}, fileName(item.id)),
    h('p.soft', {}, [item.label, content.score && `likeness ${likeness(item.score)}`].filter(Boolean).join(' · ')),
    acts(content),
    part('What the model sees', seen(content)),
    part('Nearest', near(content)),
    part('About', Promise.resolve(about(collection, item))),
    writing(content));
}

function picture(content) {
  const { collection, item } = content;
  const image = h('img', { alt: item.label ? `${item.label}: ${fileName(item.id)}` : fileName(item.id) });
  const frame = h('div.big', {}, image);
  thumbnail(collection.name, item.id).then(
    url => { image.src ||= url; },
    () => image.src || replace(frame, h('p.soft', {}, 'No picture is kept of it.')));
  if (collection.pictures) original(content, frame, image);
  return frame;
}

/** The file itself, in place of the small picture once it has come; that one stays if it does not. */
async function original({ collection, item, signal }, frame, image) {
  const path = `/v1/collections/${encodeURIComponent(collection.name)}/items/${encodeURIComponent(item.id)}`;
  try {
    // What the page itself added, say, has none.
    if (!(await api.json(path, { signal })).picture) return;
    const url = URL.createObjectURL(await api.bytes(`${path}/picture`, { signal }));
    signal.addEventListener('abort', () => URL.revokeObjectURL(url));
    image.src = url;
    replace(frame, image);
  } catch (problem) {
    if (!isAborted(problem)) image.title = problem.message;
  }
}

function acts({ item, query }) {
  return h('div.acts', {},
    h('button.go', { type: 'button', onclick: () => similar(item.id) }, icon('similar'), 'Similar'),
    taste('like', 'Like', 'plus', item.id, query),
    taste('less', 'Less', 'minus', item.id, query));
}

/** Looks for what is like an item, and nothing else. */
export function similar(id) {
  address.go({ near: id, q: null, like: null, less: null, picture: null, min: null });
}

/** Likes an item or wants less of it; takes that back if it is so already. @param {'like'|'less'} kind */
export function toggleTaste(kind, id, query) {
  const other = kind === 'like' ? 'less' : 'like';
  const isOn = query[kind].includes(id);
  address.go({ [kind]: isOn ? query[kind].filter(each => each !== id) : [...query[kind], id], [other]: query[other].filter(each => each !== id), min: null });
}

function taste(kind, text, drawing, id, query) {
  return h('button.quiet', { type: 'button', 'aria-pressed': String(query[kind].includes(id)), onclick: () => toggleTaste(kind, id, query) }, icon(drawing), text);
}

/** A part with its heading, there once it has something to say. */
function part(title, coming) {
  const element = h('section', { hidden: true });
  coming.then(content => {
    if (!content) return;
    replace(element, h('h3', {}, title), content);
    element.hidden = false;
  }).catch(problem => {
    if (isAborted(problem)) return;
    replace(element, h('h3', {}, title), trouble(problem));
    element.hidden = false;
  });
  return element;
}

async function seen({ collection, item, signal }) {
  const model = await modelOf(collection);
  if (model?.takes !== 'picture') return null;
  const form = new FormData();
  form.append('image', await thumbnailBytes(collection.name, item.id));
  form.append('k', CLASSES);
  const { predictions } = await api.json(`/v1/models/${encodeURIComponent(model.name)}/predict`, { form, signal });
  return h('ul.shares', {}, predictions.map(share));
}

function share({ label, probability }) {
  return h('li', {}, h('b', {}, label), h('span', {}, likeness(probability)), h('i', { style: { '--p': percent(probability).replace(' ', '') } }));
}

async function near({ collection, item, signal }) {
  const hits = await nearest(collection, item.id, NEAREST, signal);
  return hits.length ? h('div.mini', {}, hits.map(hit => small(collection, hit))) : null;
}

function small(collection, hit) {
  const image = h('img', { alt: '' });
  thumbnail(collection.name, hit.id).then(url => { image.src = url; }, () => {});
  return h('button', {
    type: 'button', title: `${hit.label || fileName(hit.id)}, ${likeness(hit.score)}`, 'aria-label': `${hit.label} ${fileName(hit.id)}, likeness ${likeness(hit.score)}`,
    onclick: () => address.go({ sel: hit.id }),
  }, image);
}

function about(collection, item) {
  const rows = [['Id', item.id], ...Object.entries(item.attributes || {}).map(([name, value]) => [name, [value].flat().join(', ')])];
  if (item.folded?.length) rows.push(['Copies', `${counted(item.folded.length, 'near-duplicate')}, folded`]);
  const { sha256, output } = collection.model;
  if (sha256) rows.push(['Model', `${output}, sha256 ${sha256.slice(0, 8)}…`]);
  return h('dl', {}, rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))]));
}

/** What changes the collection, for who may. */
function writing(content) {
  const place = h('div.writing');
  mayWrite().then(may => may && replace(place, remove(content)), () => {});
  return place;
}
