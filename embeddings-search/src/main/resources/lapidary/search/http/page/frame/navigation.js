/** The views at the left; a bar of icons where there is less room. */

import { address } from '../core/address.js';
import { h, attribute, replace } from '../core/dom.js';
import { counted } from '../core/text.js';
import * as served from '../core/served.js';
import { icon, mark } from './icons.js';

export const VIEWS = [
  { name: 'photos', title: 'Photos' },
  { name: 'space', title: 'Space' },
  { name: 'films', title: 'Films' },
  { name: 'models', title: 'Models' },
];

/** Makes the navigation. @returns {{element: HTMLElement, mark: (view: string) => void, tell: () => Promise<void>}} `mark` says where one is */
export function navigation() {
  const links = VIEWS.map(link);
  const foot = h('div.foot');
  const element = h('nav.rail', { 'aria-label': 'Views' },
    h('a.mark', { href: '/', 'aria-label': 'Lapidary, to the photos', onclick: event => follow(event, 'photos') }, mark(), h('span', {}, 'Lapidary')),
    links.map(each => each.element), foot);
  return {
    element,
    mark: view => links.forEach(each => attribute(each.element, 'aria-current', each.name === view && 'page')),
    tell: () => tell(foot),
  };
}

function link({ name, title }) {
  const element = h('a', { href: `/${name}`, title, onclick: event => follow(event, name) }, icon(name), h('span', {}, title));
  return { name, element };
}

/** A collection stays chosen from view to view; what else a view shows is its own. */
function follow(event, view) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  address.go({ view, in: address.read().get('in') }, { fresh: true });
}

async function tell(foot) {
  const [version, models] = await Promise.all([served.version(), served.models()]);
  const ready = models.filter(model => model.ready).length;
  replace(foot, version && h('div', {}, version), models.length ? h('div', {}, `${counted(ready, 'model')} ready`) : null);
}
