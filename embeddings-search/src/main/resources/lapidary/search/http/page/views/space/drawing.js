/** One space on the screen, and what follows the address in it: colours, what is found, what is selected. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { bind } from '../../core/keys.js';
import { count, percent } from '../../core/text.js';
import { trouble } from '../../frame/messages.js';
import { valueText } from '../../projector/legend.js';
import { projector } from '../../projector/projector.js';
import { toolbar } from '../../projector/toolbar.js';
import { chips } from '../photos/chips.js';
import { isAsked, read } from '../photos/query.js';
import { chosen } from './chosen.js';
import { controls } from './controls.js';
import { colours, items, points, projection } from './points.js';
import { selected } from './selected.js';
import { foundText } from './source.js';

const KEPT = 2000;

/**
 * Loads a space.
 * @param {{source: import('./source.js').Source, more: Object, frame: import('../../frame/frame.js').Frame, signal: AbortSignal, method: string, onwaiting: Function}} content
 */
export async function drawing({ source, more, frame, signal, method, onwaiting }) {
  const of = await projection(source, method, onwaiting, signal);
  const cloud = await points(source, of, signal);
  const told = new Map();
  const choices = controls();
  const note = h('p.space-note.number');
  const found = h('div.space-found', { hidden: true });
  const stage = h('div.stage');
  let drawn = null;
  let tools = null;
  let now = { colour: undefined, query: '', sel: null };
  let painted = { codes: new Uint8Array(0), legend: { kind: 'classes', values: [] } };
  let asking = new AbortController();
  let unbind = () => {};

  async function mount(place) {
    replace(place, stage);
    drawn = await projector(stage, cloud, {
      label: `${count(of.count)} items of ${source.name} in space`, flat: address.read().get('flat') === '1',
      tell: async index => source.tell(await item(index)),
      picture: source.picture && (async index => source.picture((await item(index)).id)),
      onpick: async index => address.go({ sel: (await item(index)).id }),
      onlasso: select,
    });
    if (signal.aborted) return;
    tools = toolbar(drawn, { onflat: flat => address.go({ flat: flat ? '1' : null }, { replace: true }) });
    place.append(h('div.space-tools', {}, tools.element, choices.element), drawn.legend, found, note);
    unbind = bind({ 2: () => flatten(true), 3: () => flatten(false), r: () => drawn.reset() });
  }

  const flatten = flat => address.go({ flat: flat ? '1' : null }, { replace: true });

  /** What a point is, asked for once. */
  function item(index) {
    if (!told.has(index)) {
      if (told.size > KEPT) told.delete(told.keys().next().value);
      const come = items(source, of, { indices: [index] }).then(([only]) => only);
      told.set(index, come);
      come.catch(() => told.delete(index));
    }
    return told.get(index);
  }

  /** @param {ReturnType<typeof address.read>} state */
  async function show(state) {
    const flat = state.get('flat') === '1';
    if (flat !== drawn.isFlat()) {
      drawn.flatten(flat);
      tools.show(flat);
    }
    frame.title('Space', source.name);
    await colour(state);
    await find(state);
    await look(state.get('sel'));
  }

  async function colour(state) {
    const wanted = state.get('by') ?? source.colour;
    if (wanted === now.colour) return;
    now.colour = wanted;
    let by = wanted || null;
    painted = await colours(source, of, by, signal);
    if (!by && !painted.legend.values.length && of.attributes.length) {
      [by] = of.attributes;
      painted = await colours(source, of, by, signal);
    }
    drawn.colour(painted.codes, painted.legend);
    choices.show(source, of, { ...more, attribute: by });
    note.textContent = aboutText();
  }

  function aboutText() {
    const shares = of.axes.map(axis => axis.share).filter(share => share !== undefined);
    const kept = shares.length ? `PCA, ${percent(shares.reduce((sum, share) => sum + share, 0))} of the variance` : `${umapText()}: near ones are alike, distances of groups say little`;
    return `${count(cloud.count)} of ${count(of.count)} items · ${kept}`;
  }

  function umapText() {
    const { sample } = of.umap;
    return of.count > sample ? `UMAP of ${count(sample)} (${percent(sample / of.count)}), the others beside the nearest of these` : 'UMAP';
  }

  async function find(state) {
    const query = read(state);
    const key = JSON.stringify(query);
    if (key === now.query) return;
    now.query = key;
    asking.abort();
    asking = new AbortController();
    frame.query(query.words, source.collection ? chips(source.collection, query) : []);
    if (!isAsked(query)) return lightNone();
    try {
      const ids = await source.find(query, asking.signal);
      const placed = ids.length ? await items(source, of, { ids }, asking.signal) : [];
      light(query, placed.map(each => each.index));
    } catch (problem) {
      if (problem.name !== 'AbortError') replace(found, trouble(problem));
      found.hidden = false;
    }
  }

  function light(query, indices) {
    drawn.light(indices);
    if (indices.length) drawn.flyTo(indices[0], indices);
    replace(found, h('strong', {}, foundText(query, indices.length)),
      indices.length > 0 && h('button.link', { type: 'button', onclick: () => select(Uint32Array.from(indices)) }, 'List'),
      h('button.link', { type: 'button', onclick: clear }, 'Clear'));
    found.hidden = false;
  }

  const clear = () => address.go({ q: null, near: null, like: null, less: null, picture: null });

  function lightNone() {
    drawn.light(null);
    found.hidden = true;
  }

  async function look(id) {
    if (id === now.sel) return;
    const before = now.sel;
    now.sel = id;
    if (!id) {
      drawn.mark(-1);
      if (before) frame.inspector.hide();
      return;
    }
    const [only] = await items(source, of, { ids: [id] });
    if (!only || now.sel !== id) return;
    await selected({ source, of, drawn, frame, item: only, signal, state: read(address.read()), onclosed: () => address.go({ sel: null }) });
  }

  /** What was drawn around, or found: a list of it beside the points. */
  function select(indices) {
    tools.endLasso();
    if (!indices.length) return frame.say('There is nothing within that line.');
    now.sel = null;
    address.go({ sel: null }, { replace: true });
    drawn.light(indices);
    frame.inspector.show({
      label: 'Selected items', onclose: () => { now.query = ''; find(address.read()); },
      body: chosen(source, of, indices, classes(painted, indices), async index => { drawn.flyTo(index); address.go({ sel: (await item(index)).id }); }),
    });
  }

  return {
    mount, show,
    close() {
      asking.abort();
      unbind();
      drawn?.close();
      frame.inspector.hide();
    },
  };
}

/** How many of some points are of each class. @returns {Array<[string, number]>} the commonest first */
function classes({ codes, legend }, indices) {
  if (legend.kind !== 'classes') return [];
  const counts = new Uint32Array(256);
  indices.forEach(index => counts[codes[index]]++);
  return legend.values.map(({ value }, i) => [valueText(value), counts[i + 1]]).filter(([, number]) => number).sort((a, b) => b[1] - a[1]);
}
