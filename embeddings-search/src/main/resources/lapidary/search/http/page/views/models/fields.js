/** The form of a model, made from its own signature, with an example filled in. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { collections } from '../../core/served.js';

const SUGGESTED = 200;

/**
 * @typedef {{element: HTMLElement, request: () => Promise<Request>}} Fields
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
  const top = h('input.field.number', { type: 'number', min: '1', max: '1000', value: '5', id: `k-${card.model.name}` });
  function choose(next) {
    if (!next) return;
    URL.revokeObjectURL(image.src);
    chosen = next;
    image.src = URL.createObjectURL(next);
    replace(name, next.name);
  }
  choose(chosen);
  const element = h('div.try-fields', {}, h('div.try-drop', {}, image, h('div', {}, name, h('label.quiet.upload', {}, 'Another picture', file))),
    labelled('Classes, at most', top));
  return { element, request: async () => ({ path: predict(card), picture: chosen, fields: { k: top.value } }) };
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
  const columns = card.description.signature.inputs.filter(input => COLUMNS[input.kind]);
  const made = columns.map(column => ({ column: column.name, control: COLUMNS[column.kind](column) }));
  const element = h('div.try-fields.columns', {}, made.map(({ column, control }) => labelled(column, control)));
  const row = () => Object.fromEntries(made.map(({ column, control }) => [column, valueOf(control)]));
  return { element, request: async () => ({ path: predict(card), body: { rows: [row()] } }) };
}

const COLUMNS = {
  category: ({ values }) => chooser(values),
  number: ({ mean, fill }) => h('input.field.number', { type: 'number', step: 'any', value: short(mean ?? fill) }),
  date: () => h('input.field', { type: 'date', value: '2015-07-31' }),
};

const short = number => String(Number(Number(number).toPrecision(4)));
const valueOf = control => (control.type === 'number' && control.value !== '' ? Number(control.value) : control.value);

function chooser(values) {
  const known = values.slice(0, SUGGESTED);
  return h('select.field', {}, known.map(value => h('option', { value }, value || '(empty)')));
}

async function pairs(card) {
  const ids = name => card.description.signature.inputs.find(input => input.kind === 'id' && input.name === name)?.ids || ['1'];
  const user = suggested('user', ids('user'), card);
  const item = suggested('item', ids('item'), card);
  const element = h('div.try-fields.columns', {}, labelled('User', user), labelled('Item', item));
  return { element, request: async () => ({ path: predict(card), body: { pairs: [{ user: user.value, item: item.value }] } }) };
}

function suggested(name, ids, { model }) {
  const list = h('datalist', { id: `ids-${model.name}-${name}` }, ids.slice(0, SUGGESTED).map(value => h('option', { value })));
  const input = h('input.field', { value: ids[0], list: list.id });
  input.append(list);
  return input;
}

/** What has no whole answers is run tensor by tensor. */
async function tensors({ model }) {
  const { inputs } = await api.json(`/v2/models/${encodeURIComponent(model.name)}`);
  const made = inputs.map(input => ({ input, control: h('textarea.field', { rows: 3, spellcheck: 'false', value: JSON.stringify(zeros(sized(input.shape))) }) }));
  const element = h('div.try-fields', {}, made.map(({ input, control }) => labelled(`${input.name}, ${input.datatype} [${input.shape.join(', ')}]`, control)));
  const sent = ({ input, control }) => {
    const data = JSON.parse(control.value);
    return { name: input.name, datatype: input.datatype, shape: shapeOf(data), data };
  };
  return { element, request: async () => ({ path: `/v2/models/${encodeURIComponent(model.name)}/infer`, body: { inputs: made.map(sent) } }) };
}

/** One row, and as little as there can be of what is open. */
const sized = shape => shape.map(length => (length < 0 ? 1 : length));
const zeros = ([length, ...rest]) => (length === undefined ? 0 : Array.from({ length }, () => zeros(rest)));
const shapeOf = data => (Array.isArray(data) ? [data.length, ...shapeOf(data[0] ?? 0)] : []);

function labelled(text, control) {
  return h('label.labelled', {}, h('span', {}, text), control);
}
