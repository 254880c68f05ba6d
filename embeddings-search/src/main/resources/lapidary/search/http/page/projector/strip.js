/** The space of a collection as a strip above something else: it lights up what is found there, and can be folded away. */

import { h, replace } from '../core/dom.js';
import { cloud, widened } from './cloud.js';
import { projector } from './projector.js';
import { toolbar } from './toolbar.js';

const FOLDED = 'lapidary-strip-folded';
const PIECE = 1 << 18;
const MOST_ITEMS = 1000;

/**
 * Mounts it.
 * @param {HTMLElement} host empty
 * @param {{collection: string, api: {json: Function, bytes: Function}, lit?: string[]|null, onpick: (id: string) => void, onlasso?: (ids: string[]) => void,
 *   picture?: (id: string) => Promise<string>, href?: string}} options `api` asks the server; `lit` are ids to light up
 * @returns {{light: (ids: string[]|null) => void, unmount: () => void}}
 */
export function mountStrip(host, { collection, api, lit = null, onpick, onlasso, picture, href }) {
  const path = `/v1/collections/${encodeURIComponent(collection)}/projection`;
  const stop = new AbortController();
  const { signal } = stop;
  const stage = h('div.strip-stage');
  const note = h('span.strip-note.number');
  const fold = h('button.quiet', { type: 'button', onclick: () => set(!isFolded()) });
  const bar = h('div.strip-bar', {}, fold, note, href && h('a', { href }, 'Open the space'));
  let drawn = null;
  let version = '';
  let wanted = lit;

  const isFolded = () => sessionStorage.getItem(FOLDED) === '1';

  function set(folded) {
    sessionStorage.setItem(FOLDED, folded ? '1' : '0');
    show();
  }

  function show() {
    const folded = isFolded();
    host.classList.toggle('folded', folded);
    fold.textContent = folded ? 'Show the space' : 'Fold the space away';
    fold.setAttribute('aria-expanded', String(!folded));
    stage.hidden = folded;
    if (!folded && !drawn) load().catch(problem => tell(problem));
  }

  /** What cannot be drawn, such as three items, is no trouble here. */
  function tell(problem) {
    if (problem.name === 'AbortError') return;
    stage.hidden = true;
    note.textContent = problem.message;
  }

  async function load() {
    const of = await api.json(path, { signal });
    if (of.state !== 'ready') throw new Error('The space is being computed; open it later.');
    version = of.version;
    const [places, codes, legend] = await Promise.all([pieces(of, 'points', 6), pieces(of, 'codes', 1), api.json(`${path}/legend?version=${version}`, { signal })]);
    if (signal.aborted) return;
    const wide = widened(cloud(new Uint16Array(places.buffer), of.axes), stage.clientWidth / Math.max(1, stage.clientHeight));
    const made = await projector(stage, wide, {
      label: `${of.count} items of ${collection} in space`, tell: async index => tip(await one(index)), picture: picture && (async index => picture((await one(index)).id)),
      onpick: async index => onpick((await one(index)).id), onlasso: onlasso && (async indices => onlasso((await items({ indices: Array.from(indices.subarray(0, MOST_ITEMS)) })).map(item => item.id))),
    });
    if (signal.aborted) return made.close();
    drawn = made;
    stage.append(h('div.strip-tools', {}, toolbar(drawn, { lasso: Boolean(onlasso) }).element));
    drawn.colour(codes, legend);
    note.textContent = `${new Intl.NumberFormat('en').format(of.count)} of ${new Intl.NumberFormat('en').format(of.count)} items`;
    await light(wanted);
  }

  async function pieces(of, what, bytes) {
    const all = new Uint8Array(of.count * bytes);
    for (let from = 0; from < of.count; from += PIECE) {
      const blob = await api.bytes(`${path}/${what}?version=${of.version}&from=${from}&limit=${PIECE}`, { signal });
      all.set(new Uint8Array(await blob.arrayBuffer()), from * bytes);
    }
    return all;
  }

  const items = async which => (await api.json(`${path}/items`, { body: { version, ...which }, signal })).items;
  const one = async index => (await items({ indices: [index] }))[0];
  const tip = item => ({ title: item.id.split('/').pop(), lines: [item.label].filter(Boolean), picture: picture?.(item.id) });

  async function light(ids) {
    wanted = ids;
    if (!drawn) return;
    const placed = ids?.length ? await items({ ids: ids.slice(0, MOST_ITEMS) }) : [];
    if (wanted === ids) drawn.light(placed.length ? placed.map(item => item.index) : null);
  }

  host.classList.add('space-strip');
  replace(host, stage, bar);
  show();
  return {
    light: ids => light(ids).catch(tell),
    unmount() {
      stop.abort();
      drawn?.close();
      host.replaceChildren();
    },
  };
}
