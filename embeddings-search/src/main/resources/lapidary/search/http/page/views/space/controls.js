/** What is drawn, and how it is coloured. */

import { address } from '../../core/address.js';
import { h, replace } from '../../core/dom.js';
import { count } from '../../core/text.js';

const LABEL = '';

/** Makes the choices; each goes to the address. */
export function controls() {
  const of = choice('Show', value => address.go({ of: value || null, by: null, method: null, sel: null, q: null, near: null }));
  const method = choice('Layout', value => address.go({ method: value === 'pca' ? null : value }));
  const by = choice('Colour', value => address.go({ by: value === by.usual ? null : value }));
  const element = h('div.controls', {}, of.element, method.element, by.element);

  /**
   * @param {import('./source.js').Source} source
   * @param {import('./points.js').Projection} projection
   * @param {{films: boolean, collection: string|undefined, attribute: string|null}} more
   */
  function show(source, projection, { films, collection, attribute }) {
    of.fill(films && collection ? [['', collection], ['films', 'Films']] : [], source.collection ? '' : 'films');
    method.fill(layouts(projection), projection.method);
    const attributes = projection.attributes.map(name => [name, name.replaceAll('_', ' ')]);
    by.usual = source.colour ?? LABEL;
    by.fill(source.collection ? [[LABEL, 'label'], ...attributes] : attributes, attribute ?? LABEL);
  }

  return { element, show };
}

/** What each does with so many items is said before one chooses it. */
function layouts({ methods, count: items, umap }) {
  if (methods.includes('umap')) return [['pca', 'PCA'], ['umap', items > umap.sample ? `UMAP of ${count(umap.sample)}` : 'UMAP']];
  return items > umap.most ? [['pca', 'PCA'], ['umap', `UMAP, up to ${count(umap.most)}`, true]] : [['pca', 'PCA']];
}

function choice(name, onchoose) {
  const select = h('select.field', { 'aria-label': name, onchange: () => onchoose(select.value) });
  const element = h('label', { hidden: true }, h('span', {}, name), select);
  function fill(options, chosen) {
    element.hidden = options.length < 2;
    replace(select, options.map(([value, text, disabled]) => h('option', { value, disabled }, text)));
    select.value = chosen;
  }
  return { element, fill, usual: '' };
}
