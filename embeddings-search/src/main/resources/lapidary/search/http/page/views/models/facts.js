/** What a model says of itself: scores, parity, where it comes from, what it takes and gives. */

import { h } from '../../core/dom.js';
import { count } from '../../core/text.js';

/** What a card says in its first sentences. @param {string|undefined} card Markdown @returns {string} */
export function purpose(card) {
  const paragraph = (card || '').split('\n\n').map(each => each.trim()).find(each => each && !each.startsWith('#') && !each.startsWith('-'));
  return paragraph ? plain(paragraph) : '';
}

/** What one looks at first. @param {Object} description @returns {string} such as `accuracy .789`; empty if nothing was measured */
export function bestScore({ evidence }) {
  const [first] = Object.entries(evidence?.scores || {});
  return first ? `${words(first[0])} ${score(first[1])}` : '';
}

/** @param {{card?: string, description: Object}} card @returns {HTMLElement[]} the parts that have something to say */
export function facts({ card, description }) {
  const { evidence = {}, provenance, signature } = description;
  return [
    part('Scores', scores(evidence.scores), measured(card)),
    part('Parity with the trainer', evidence.parity && parity(evidence.parity)),
    part('Where it comes from', provenance && origin(provenance)),
    part('Takes and gives', signature && ports(signature)),
  ].filter(Boolean);
}

function part(title, ...content) {
  const there = content.filter(Boolean);
  return there.length ? h('section', {}, h('h3', {}, title), there) : null;
}

function scores(measuredScores = {}) {
  const entries = Object.entries(measuredScores);
  return entries.length ? h('div.scores', {}, entries.map(([name, value]) => h('div', {}, h('b.number', {}, score(value)), h('span', {}, words(name))))) : null;
}

/** The card tells the spread over seeds, which one file cannot. */
function measured(card) {
  const line = (card || '').split('\n').find(each => each.startsWith('- Measured:'));
  return line && h('p.soft', {}, plain(line.slice(2)));
}

function parity({ outputs, tolerance, rows, batches }) {
  const worst = Math.max(...outputs.map(output => output.relative));
  return h('div.parity', {},
    h('p', {}, h('span.pill', { class: worst <= tolerance ? 'good' : 'bad' }, worst <= tolerance ? 'Certified' : 'Differs'),
      ` worst relative difference ${worst.toExponential(1)}, ${tolerance.toExponential(0)} is allowed; on ${rows} rows in batches of ${batches.join(', ')}`),
    outputs.map(output => bar(output, tolerance)));
}

/** On a scale of magnitudes: full is what is allowed, empty is a hundred thousandth of it. */
function bar({ output, relative }, tolerance) {
  const share = Math.min(1, Math.max(0.02, 1 + Math.log10(Math.max(relative, 1e-12) / tolerance) / 5));
  return h('ul.shares', {}, h('li', {}, h('b', {}, output), h('span', {}, relative.toExponential(1)), h('i', { style: { '--p': `${share * 100}%` } })));
}

function origin({ data, seed, hyperParameters, versions, weightsSha256 }) {
  return list([
    ['Data', data && `${data.name}, ${data.licence} licence`],
    ['Data sha256', digest(data?.sha256)],
    ['Seed', seed],
    ['Options', pairs(hyperParameters)],
    ['Made with', pairs(versions)],
    ['Weights sha256', digest(weightsSha256)],
  ]);
}

function ports({ inputs, outputs }) {
  const many = inputs.length > 8 ? [`and ${count(inputs.length - 8)} more`] : [];
  return list([
    ['Inputs', [...inputs.slice(0, 8).map(input), ...many].join(', ')],
    ['Outputs', outputs.map(output => `${output.name}${output.transform && output.transform !== 'IDENTITY' ? ` (${output.transform.toLowerCase()})` : ''}`).join(', ')],
  ]);
}

function input({ name, kind, size }) {
  return size ? `${name} (${kind} ${[size.width, size.height].map(each => (each > 0 ? each : 'any')).join(' × ')}, ${size.channels === 1 ? 'grey' : 'colour'})` : `${name} (${kind})`;
}

function list(rows) {
  return h('dl.facts', {}, rows.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))]));
}

const pairs = object => Object.entries(object || {}).map(([name, value]) => `${name} ${value}`).join(', ');
const digest = sha256 => sha256 && `${sha256.slice(0, 16)}…`;
const words = name => name.replaceAll('_', ' ');
const plain = markdown => markdown.replace(/[`*]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
const score = value => (Math.abs(value) < 1 ? value.toFixed(3).replace(/^(-?)0/, '$1') : String(Number(value.toPrecision(4))));
