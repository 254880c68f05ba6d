/** The views at the left; a bar of icons where there is less room. */

import { address } from '../core/address.js';
import { h, attribute, replace } from '../core/dom.js';
import { counted } from '../core/text.js';
import * as served from '../core/served.js';

/** Follows what the shell has at the left. @returns {{mark: (view: string) => void, tell: () => Promise<void>}} `mark` says where one is */
export function navigation() {
  const rail = document.querySelector('.rail');
  const foot = rail.querySelector('.foot');
  rail.querySelectorAll('[data-view]').forEach(link => link.addEventListener('click', event => follow(event, link.dataset.view)));
  return {
    mark: view => rail.querySelectorAll('.view').forEach(link => attribute(link, 'aria-current', link.dataset.view === view && 'page')),
    tell: () => tell(foot),
  };
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
