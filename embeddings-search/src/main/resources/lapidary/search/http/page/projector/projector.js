/** Draws points in space and tells what is done to them. Knows nothing of the application. Draws when something has changed and only then. */

import { onTheme } from '../core/colours.js';
import { h } from '../core/dom.js';
import { settled } from '../core/later.js';
import { camera } from './camera.js';
import { groups, paint as code, place } from './cloud.js';
import { gestures } from './gestures.js';
import { lasso } from './lasso.js';
import { legend, valueText } from './legend.js';
import { overlay } from './overlay.js';
import { table, theme } from './palette.js';
import { screen, spot } from './screen.js';
import { surface } from './surface.js';
import { tip } from './tip.js';

const FINGER = 14;
const SETTLED_MILLIS = 140;
const NONE = { kind: 'classes', values: [], others: 0, none: 0 };
const GROUPS_NAMED = 60;
/** A group that is spread as wide as all points has no place that could be named. */
const SCATTERED = 0.72;

/**
 * Mounts a projector.
 * @param {HTMLElement} host empty, of some height
 * @param {import('./cloud.js').Cloud} cloud
 * @param {{label: string, tell: (index: number) => Promise<{title: string, lines: string[], picture?: Promise<string>}|null>, onpick?: (index: number) => void,
 *   onlasso?: (indices: Uint32Array) => void, picture?: (index: number) => Promise<string>|string|null, flat?: boolean, legend?: boolean,
 *   surface?: typeof import('./scene.js').scene}} options `surface` draws; without it what suits the machine does
 * @returns {Promise<Object>}
 */
export async function projector(host, cloud, options) {
  const scene = options.surface || await surface();
  const canvas = h('canvas', { tabIndex: 0, role: 'img', 'aria-label': `${options.label}. Arrows turn, plus and minus zoom, Enter chooses the point in the middle, 0 resets.` });
  const view = camera();
  const drawn = scene(canvas, cloud);
  const over = overlay(at => spot(at, cloud, view), index => place(cloud, index), view.isFlat);
  const card = tip(options.tell);
  const around = lasso(line => options.onlasso?.(seen().within(line)));
  const key = legend(changed => { hidden = changed; repaint(); });
  const part = h('span.part.number', { hidden: true, 'aria-hidden': 'true' });
  const stats = { frames: 0, begun: performance.now(), first: 0 };
  let hidden = new Set();
  let painted = NONE;
  let draws = false;
  let known = null;
  let asked = 0;
  let share = 1;

  /** Where points are on the screen is reckoned when somebody asks, once for each view. */
  const seen = () => (known ||= screen(cloud, view, code => !hidden.has(code)));
  const settle = settled(() => {
    if (share < 1) paint(false);
    over.picture(seen(), options.picture);
  }, SETTLED_MILLIS);

  function change() {
    known = null;
    asked ||= requestAnimationFrame(frame);
    settle();
  }

  function frame(now) {
    asked = 0;
    const moving = view.step(now);
    paint(stats.frames > 0);
    over.follow();
    if (moving) change();
  }

  /** In a hurry, while more frames follow, fewer points than all may be drawn; that is said. */
  function paint(hurried) {
    share = drawn.draw(view, hurried);
    part.hidden = share === 1;
    part.textContent = share < 1 ? `${Math.ceil(100 * share)} % of the points while they move` : '';
    stats.frames++;
    stats.first ||= performance.now() - stats.begun;
  }

  function resize() {
    const { width, height } = host.getBoundingClientRect();
    view.resize(width, height);
    drawn.resize(width, height);
    if (!stats.frames) view.frame(cloud);
    change();
  }

  function repaint() {
    drawn.palette(table(painted, hidden));
    drawn.theme(theme());
    change();
  }

  function under(x, y) {
    return asked || view.isMoving() ? -1 : seen().nearest(x, y, FINGER);
  }

  function hover(x, y) {
    const index = draws ? -1 : under(x, y);
    canvas.classList.toggle('over-point', index >= 0);
    card.show(index, ...(index < 0 ? [0, 0] : seen().at(index)), view.size());
  }

  function pick(x, y) {
    const { width, height } = view.size();
    const index = x === undefined ? seen().nearest(width / 2, height / 2, Math.min(width, height) / 2) : seen().nearest(x, y, FINGER);
    if (index >= 0) options.onpick?.(index);
  }

  const acting = act => (...given) => {
    act(...given);
    change();
  };

  const ungrip = gestures(canvas, {
    turn: acting(view.turn), pan: acting(view.pan), zoom: acting(view.zoom), reset: acting(view.reset), hover, leave: card.hide, pick,
    near(x, y) {
      const index = under(x, y);
      if (index >= 0) api.flyTo(index);
      else acting(view.zoom)(2, x, y);
    },
    draws: () => draws, begin: around.begin, draw: around.draw, end: around.end,
  });

  function nameAxes() {
    const { middle, reach, axes, scale, offset } = cloud;
    const ends = axes.map((axis, i) => [-1, 1].map(side => middle.map((value, at) => (at === i ? Math.max(offset[i], Math.min(offset[i] + scale[i], value + side * reach * 1.05)) : value))));
    drawn.axes(ends.flat());
    over.name(axes.map((axis, i) => ({ text: axisText(axis), at: ends[i][1] })), 'axis');
  }

  const api = {
    element: canvas,
    legend: key.element,
    /**
     * Colours the points.
     * @param {Uint8Array} codes one a point
     * @param {import('./palette.js').Legend} meaning
     */
    colour(codes, meaning) {
      code(cloud, codes);
      painted = meaning;
      hidden = new Set();
      key.show(meaning);
      drawn.repaint();
      const named = meaning.kind === 'classes' && meaning.values.length <= GROUPS_NAMED ? groups(cloud).filter(({ code, spread }) => code > 0 && code <= meaning.values.length && spread < SCATTERED) : [];
      named.sort((a, b) => b.count - a.count);
      over.name(named.map(({ code, at }) => ({ text: valueText(meaning.values[code - 1].value), at })), 'group');
      repaint();
    },
    /** Lights some points up and dims the others. @param {ArrayLike<number>|null} indices */
    light(indices) {
      drawn.light(indices && Uint32Array.from(indices));
      host.classList.toggle('lit', Boolean(indices?.length));
      change();
    },
    /** Puts a ring around a point, and lines to its neighbours. @param {number} index −1 for none @param {number[]} [near] */
    mark(index, near = []) {
      over.mark(index);
      drawn.neighbours(index < 0 ? [] : near.flatMap(other => [place(cloud, index), place(cloud, other)]));
      change();
    },
    /** Flies to a point; with others near enough that most of them are seen. @param {number} index @param {number[]} [others] */
    flyTo(index, others = []) {
      view.flyTo(place(cloud, index), others.length > 1 ? spread(place(cloud, index), others.map(other => place(cloud, other))) : 0);
      change();
    },
    /** Flies to a point that is not in sight. */
    bring(index) {
      const { width, height } = view.size();
      const [x, y] = api.at(index);
      if (x < 0 || y < 0 || x > width || y > height) api.flyTo(index);
    },
    draw(on) {
      draws = on;
      canvas.classList.toggle('draws', on);
    },
    flatten: acting(view.flatten),
    isFlat: view.isFlat,
    zoom: acting(view.zoom),
    reset: acting(view.reset),
    turn: acting(view.turn),
    /** Where a point is on the screen now, in CSS pixels of the host. @returns {[number, number]} */
    at: index => spot(place(cloud, index), cloud, view).slice(0, 2),
    /** How many frames were drawn, and after how many milliseconds the first. */
    stats,
    close() {
      cancelAnimationFrame(asked);
      settle.cancel();
      sizes.disconnect();
      untheme();
      ungrip();
      drawn.close();
      host.replaceChildren();
    },
  };

  host.classList.add('projector');
  host.replaceChildren(canvas, over.element, around.element, part, card.element);
  const sizes = new ResizeObserver(resize);
  sizes.observe(host);
  const untheme = onTheme(() => {
    repaint();
    key.repaint(painted);
  });
  if (options.flat) Object.assign(view.at, { flat: 1, yaw: 0, pitch: 0 });
  nameAxes();
  resize();
  repaint();
  return api;
}

/** How far most of some places are from one. */
function spread(from, others) {
  const far = others.map(other => Math.hypot(...other.map((value, axis) => value - from[axis]))).sort((a, b) => a - b);
  return far[Math.floor((far.length - 1) * 0.8)];
}

function axisText({ name, share }) {
  return share === undefined || share === null ? name : `${name} · ${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
