/** Shows the view that the address names. */

import { address } from './core/address.js';
import { build } from './frame/frame.js';
import { trouble } from './frame/messages.js';

const LOADERS = {
  photos: () => import('./views/photos.js'),
  space: () => import('./views/space.js'),
  films: () => import('./views/films.js'),
  models: () => import('./views/models.js'),
};

const { frame, host, at } = build();
let shown = { name: '', view: null };

/** A view that is being loaded when another is asked for is not mounted. */
async function show(state) {
  const name = LOADERS[state.view] ? state.view : 'photos';
  if (name !== shown.name) await change(name);
  if (name === shown.name) shown.view.show(address.read());
}

async function change(name) {
  shown.view?.unmount();
  shown = { name, view: { show() {}, unmount() {} } };
  at(name);
  const { mount } = await LOADERS[name]();
  if (name !== shown.name) return;
  host.replaceChildren();
  host.scrollTop = 0;
  shown.view = mount(host, frame);
}

const follow = state => show(state).catch(problem => host.replaceChildren(trouble(problem, { retry: () => location.reload() })));

address.listen(follow);
follow(address.read());
