/** Controls for the inputs of a model, each with an example in it, and how what is written in them is read. */

import { h } from '../../core/dom.js';
import { field } from './field.js';

const SUGGESTED = 200;
const LARGEST_FLOAT = 3.4028234e38;
const MOST_CLASSES = 1000;

/**
 * The field of a column of a table.
 * @param {Object} column an input of a signature, as `/v1/models/NAME` gives it
 * @returns {import('./field.js').Field|undefined} none for an input that is not a column
 */
export function columnField(column) {
  return COLUMNS[column.kind]?.(column);
}

const COLUMNS = {
  category: ({ name, values }) => field(name, h('select.field', {}, values.slice(0, SUGGESTED).map(value => h('option', { value }, value || '(missing)')))),
  number: ({ name, mean, fill, written }) =>
    field(name, h('input.field.number', { type: 'number', step: 'any', value: short(mean ?? fill) }), control => cell(number(control), written)),
  date: ({ name }) => field(name, h('input.field', { type: 'date', value: '2015-07-31', min: '0001-01-01', max: '9999-12-31' }), date),
};

const short = value => String(Number(Number(value).toPrecision(4)));

/** Nothing is a missing value. */
function number({ value, validity }) {
  if (validity.badInput) throw new Error('This is not a number; write one such as 2.5, or nothing where it is missing.');
  if (value !== '' && Math.abs(Number(value)) > LARGEST_FLOAT) throw new Error('This number is too large; write one below 3.4e38.');
  return value === '' ? '' : Number(value);
}

/** As the cells of the column are written. */
function cell(value, written) {
  return written?.decimal === 'COMMA' ? String(value).replace('.', ',') : value;
}

function date({ value, validity }) {
  if (validity.badInput) throw new Error('This is not a date; give day, month and year, or nothing where it is missing.');
  if (!validity.valid) throw new Error('This date is too far away; give a year from 1 to 9999.');
  return value;
}

/** The field of an id, with those that are known suggested. @param {string[]} ids */
export function idField(name, ids, listId) {
  const list = h('datalist', { id: listId }, ids.slice(0, SUGGESTED).map(value => h('option', { value })));
  const input = h('input.field', { value: ids[0], list: listId }, list);
  return field(name, input, ({ value }) => {
    if (!value.trim()) throw new Error(`Give the id of the ${name.toLowerCase()}; an unknown one counts as an average ${name.toLowerCase()}.`);
    return value.trim();
  });
}

/** The field of how many classes are wanted. */
export function classesField() {
  const control = h('input.field.number', { type: 'number', min: '1', max: String(MOST_CLASSES), value: '5' });
  return field('Classes, at most', control, ({ value, validity }) => {
    if (!value || !validity.valid) throw new Error(`Give a whole number from 1 to ${MOST_CLASSES}.`);
    return value;
  });
}

/** The field of a tensor. @param {{name: string, datatype: string, shape: number[]}} input */
export function tensorField({ name, datatype, shape }) {
  const control = h('textarea.field', { rows: 3, spellcheck: 'false', value: JSON.stringify(zeros(sized(shape))) });
  return field(`${name}, ${datatype} [${shape.join(', ')}]`, control, ({ value }) => {
    const data = parsed(value);
    return { name, datatype, shape: shapeOf(data), data };
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('This is not JSON; write numbers in brackets, such as [[1, 2], [3, 4]].');
  }
}

/** One row, and as little as there can be of what is open. */
const sized = shape => shape.map(length => (length < 0 ? 1 : length));
const zeros = ([length, ...rest]) => (length === undefined ? 0 : Array.from({ length }, () => zeros(rest)));
const shapeOf = data => (Array.isArray(data) ? [data.length, ...shapeOf(data[0] ?? 0)] : []);
