/** The form of a model, made from its own signature, with an example filled in. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { collections } from '../../core/served.js';
import { classesField, columnField, idField, tensorField } from './controls.js';
import { valuesOf } from './field.js';

/**
 * @typedef {{element: HTMLElement, request: () => Promise<Request>}} Fields `request` throws a WrongValue where a field has one
 * @typedef {{path: string, body?: Object, picture?: File, fields?: Object<string, string>}} Request `body` is JSON; `picture` goes with `fields` in a form
 * @param {{model: Object, description?: Object}} card as `/v1/models/NAME` gives it
 * @returns {Promise<Fields>}
 */
export async function fields(card) {
  return MAKERS[card.model.takes](card);
}

const MAKERS = { picture, rows, pairs, tensors };

const predict = ({ model }) => `/v1/models/${encodeURIComponent(model.name)}/predict`;

async function picture(card) {
  let chosen = await examplePicture(card);
  const image = h('img.try-picture', { alt: 'The picture that is sent' });
  const name = h('span.soft');
  const file = h('input', { type: 'file', accept: 'image/*', 'aria-label': 'Another picture', onchange: () => choose(file.files[0]) });
  const classes = classesField();
  function choose(next) {
    if (!next) return;
    URL.revokeObjectURL(image.src);
    chosen = next;
    image.src = URL.createObjectURL(next);
    replace(name, next.name);
  }
  choose(chosen);
  const element = h('div.try-fields', {}, h('div.try-drop', {}, image, h('div', {}, name, h('label.quiet.upload', {}, 'Another picture', file))),
    classes.element);
  return { element, request: async () => ({ path: predict(card), picture: chosen, fields: { k: valuesOf([classes])[0] } }) };
}

/** A picture of a collection that was made with the model; else one that is drawn. */
async function examplePicture({ model }) {
  const fitting = (await collections()).find(each => each.model.sha256 === model.sha256 && each.count > 0);
  if (!fitting) return drawn();
  const path = `/v1/collections/${encodeURIComponent(fitting.name)}/items`;
  const [item] = (await api.json(`${path}?limit=1`)).items;
  const bytes = await api.bytes(`${path}/${encodeURIComponent(item.id)}/thumbnail`).catch(drawn);
  return new File([bytes], bytes.name || item.id, { type: bytes.type });
}

function drawn() {
  const canvas = h('canvas', { width: 128, height: 128 });
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#20242a';
  pen.fillRect(0, 0, 128, 128);
  pen.fillStyle = '#e8c15a';
  pen.arc(64, 64, 36, 0, 2 * Math.PI);
  pen.fill();
  return new Promise(resolve => canvas.toBlob(blob => resolve(new File([blob], 'example.png', { type: 'image/png' }))));
}

async function rows(card) {
  const columns = card.description.signature.inputs.map(input => ({ name: input.name, field: columnField(input) })).filter(column => column.field);
  const made = columns.map(column => column.field);
  const row = () => Object.fromEntries(valuesOf(made).map((value, i) => [columns[i].name, value]));
  return { element: h('div.try-fields.columns', {}, made.map(each => each.element)), request: async () => ({ path: predict(card), body: { rows: [row()] } }) };
}

async function pairs(card) {
  const made = [id('User', card), id('Item', card)];
  const element = h('div.try-fields.columns', {}, made.map(each => each.element));
  async function request() {
    const [user, item] = valuesOf(made);
    return { path: predict(card), body: { pairs: [{ user, item }] } };
  }
  return { element, request };
}

function id(name, { model, description }) {
  const input = description.signature.inputs.find(each => each.kind === 'id' && each.name === name.toLowerCase());
  return idField(name, input?.ids || ['1'], `ids-${model.name}-${name}`);
}

/** What has no whole answers is run tensor by tensor. */
async function tensors({ model }) {
  const path = `/v2/models/${encodeURIComponent(model.name)}`;
  const { inputs } = await api.json(path);
  const made = inputs.map(tensorField);
  return { element: h('div.try-fields', {}, made.map(each => each.element)), request: async () => ({ path: `${path}/infer`, body: { inputs: valuesOf(made) } }) };
}
