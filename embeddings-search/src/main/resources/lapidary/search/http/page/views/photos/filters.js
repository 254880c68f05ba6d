/** Labels and attributes as chips with counts; each that is pressed narrows what is shown. */

import { address } from '../../core/address.js';
import { css, shape } from '../../core/colours.js';
import { attribute, h, replace } from '../../core/dom.js';
import { count } from '../../core/text.js';
import { facets } from './ask.js';
import { labels } from './labels.js';
import { filter, written } from './query.js';

const FIRST = 10;
/** To hide fewer than so many behind a chip saves nothing. */
const WORTH_HIDING = 3;
const MOST_ATTRIBUTES = 8;
const MOST_VALUES = 24;

/** Makes the chips. @returns {{element: HTMLElement, show: (collection: Object, query: Object, items: Object[], signal: AbortSignal) => Promise<void>}} */
export function filters() {
  const element = h('div.filters', { role: 'group', 'aria-label': 'Filters' });
  let all = false;

  async function show(collection, query, items, signal) {
    const [order, counted] = await Promise.all([labels(collection), counts(collection, query, items, signal)]);
    const open = [...element.querySelectorAll('details[open]')].map(each => each.dataset.name);
    const draw = () => replace(element,
      labelChips(order, counted.label, query, all, () => { all = !all; draw(); }),
      counted.attributes.map(each => menu(each, query, open.includes(each.name))),
      (query.labels.length > 0 || query.values.length > 0) && h('button.link', { type: 'button', onclick: () => address.go({ label: null, is: null }) }, 'Clear filters'));
    draw();
  }

  return { element, show };
}

/** How often each label and value is where the other filters hold. */
async function counts(collection, query, items, signal) {
  const names = attributeNames(items, query);
  const asked = [facets(collection, { label: true, filter: filter({ ...query, labels: [] }), top: 200 }, signal)];
  names.forEach(name => asked.push(facets(collection, { attributes: [name], filter: filter({ ...query, values: query.values.filter(([other]) => other !== name) }), top: MOST_VALUES }, signal)));
  const [label, ...rest] = await Promise.all(asked);
  const attributes = rest.map((answer, i) => ({ name: names[i], ...answer.attributes[names[i]] }))
    .filter(each => each.values.length > 1 || query.values.some(([name]) => name === each.name));
  return { label: new Map(label.label.values.map(each => [each.value, each.count])), attributes };
}

/** Attributes that sort items into groups: texts and booleans of those that are shown. */
function attributeNames(items, query) {
  const names = new Set(query.values.map(([name]) => name));
  items.slice(0, 200).forEach(item => Object.entries(item.attributes).forEach(([name, value]) => {
    if (['string', 'boolean'].includes(typeof [value].flat()[0])) names.add(name);
  }));
  return [...names].slice(0, MOST_ATTRIBUTES);
}

function labelChips(order, counted, query, all, onmore) {
  const pressed = order.filter(each => query.labels.includes(each.value));
  const rest = order.filter(each => !query.labels.includes(each.value));
  const isShort = order.length < FIRST + WORTH_HIDING;
  const shown = all || isShort ? order : [...pressed, ...rest].slice(0, Math.max(FIRST, pressed.length)).sort((a, b) => a.index - b.index);
  return [
    shown.map(each => labelChip(each, counted.get(each.value) || 0, query)),
    !isShort && h('button.chip', { type: 'button', 'aria-expanded': String(all), onclick: onmore }, all ? 'Fewer' : `${count(order.length - shown.length)} more`),
  ];
}

function labelChip({ value, index }, number, query) {
  const isPressed = query.labels.includes(value);
  const labelled = isPressed ? query.labels.filter(each => each !== value) : [...query.labels, value];
  return h('button.chip', {
    type: 'button', 'aria-pressed': String(isPressed), style: { '--k': css(index) }, onclick: () => address.go({ label: labelled }),
  }, h('i.dot', { class: shape(index) }), value, h('b', {}, count(number)));
}

function menu({ name, values, distinct }, query, open) {
  const chosen = query.values.filter(([other]) => other === name).map(([, value]) => value);
  const element = h('details.menu', { 'data-name': name, open }, h('summary.chip', {}, chosen.length ? `${name}: ${chosen.join(', ')}` : name),
    h('div.menu-body', {}, values.map(each => valueChip(name, each, query)), distinct > values.length && h('p.soft', {}, `and ${count(distinct - values.length)} more`)));
  attribute(element.querySelector('summary'), 'data-chosen', chosen.length > 0);
  return element;
}

function valueChip(name, { value, count: number }, query) {
  const pair = written(name, value);
  const now = query.values.map(([other, each]) => written(other, each));
  const isPressed = now.includes(pair);
  const next = isPressed ? now.filter(each => each !== pair) : [...now, pair];
  return h('button.chip', { type: 'button', 'aria-pressed': String(isPressed), onclick: () => address.go({ is: next }) }, String(value), h('b', {}, count(number)));
}
