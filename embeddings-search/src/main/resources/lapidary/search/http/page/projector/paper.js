/** Draws a cloud by the processor alone, as {@link scene} does by a graphics card: while it moves as many points as there is time for, all when it is still. */

import { HIDDEN, LEVELS, packed, raster } from './raster.js';
import { rows, spot } from './screen.js';
import { sizes, SMOOTHED } from './sizes.js';

/** What one frame may take while points move. */
const FRAME_MILLIS = 24;
/** So many are always drawn: what would be saved is not worth what would be missed. */
const LEAST = 20000;
const CODES = 256;
/** How far colours go towards the ground: with depth, and beside points that are lit. */
const FADED = 0.62;
const DIMMED = 0.72;

/**
 * Makes a drawing.
 * @param {HTMLCanvasElement} canvas
 * @param {import('./cloud.js').Cloud} cloud
 * @returns {ReturnType<typeof import('./scene.js').scene>}
 */
export function paper(canvas, cloud) {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  const shapes = new Uint8Array(CODES);
  let table = new Uint8Array(4 * CODES);
  let look = { ground: [1, 1, 1], line: [0, 0, 0], accent: [0, 0, 0] };
  let lit = null;
  let lines = { axes: [], near: [] };
  let sheet = raster(1, 1, false);
  let share = 1;

  /** @param {boolean} [hurried] whether the next frame follows at once @returns {number} the share of the points that were drawn */
  function draw(view, hurried = false) {
    const drawn = hurried ? share : 1;
    const begun = performance.now();
    paint(view, drawn);
    const spent = performance.now() - begun;
    share = Math.min(1, Math.max(LEAST / cloud.count, drawn * (0.5 + (0.5 * FRAME_MILLIS) / spent)));
    return drawn;
  }

  function paint(view, drawn) {
    const to = rows(cloud, view);
    const size = sizes(cloud, view, 1);
    const depth = { shapes, focus: view.at.distance, reach: cloud.reach };
    const { flat } = view.at;
    sheet.clear(packed(look.ground));
    sheet.points(cloud.packed, to, { ...depth, size: lit ? size.dimmed : size.all, colours: colours(flat, lit ? DIMMED : 0), isOver: false }, drawn);
    draft(view, lines.axes, look.line, { cover: 230, isOver: false });
    draft(view, lines.near, look.accent, { cover: 205, isOver: true });
    if (lit) sheet.points(lit, to, { ...depth, size: size.lit, colours: colours(flat, 0), isOver: true }, 1);
    sheet.put(context);
  }

  function draft(view, ends, colour, how) {
    for (let i = 0; i < ends.length; i += 2) sheet.line(spot(ends[i], cloud, view), spot(ends[i + 1], cloud, view), packed(colour), how);
  }

  /** Of all codes at all depths. */
  function colours(flat, dim) {
    const made = new Uint32Array(CODES * LEVELS);
    for (let i = 0; i < made.length; i++) {
      const code = Math.floor(i / LEVELS);
      const left = (1 - FADED * ((i % LEVELS) / (LEVELS - 1)) * (1 - flat)) * (1 - dim);
      made[i] = packed(look.ground.map((ground, at) => ground + (table[4 * code + at] / 255 - ground) * left));
    }
    return made;
  }

  return {
    draw,
    resize(width, height) {
      canvas.width = Math.max(1, Math.round(width));
      canvas.height = Math.max(1, Math.round(height));
      sheet = raster(canvas.width, canvas.height, cloud.count <= SMOOTHED);
    },
    light(indices) {
      lit = indices?.length ? picked(cloud.packed, indices) : null;
    },
    axes: ends => { lines = { ...lines, axes: ends }; },
    neighbours: ends => { lines = { ...lines, near: ends }; },
    /** Codes are read where they are. */
    repaint() {},
    palette(next) {
      table = next;
      shapes.forEach((_, code) => { shapes[code] = next[4 * code + 3] ? 255 - next[4 * code + 3] : HIDDEN; });
    },
    theme: next => { look = next; },
    close() {
      sheet = raster(1, 1, false);
      canvas.width = canvas.height = 0;
    },
  };
}

function picked(places, indices) {
  const found = new Uint16Array(4 * indices.length);
  indices.forEach((index, i) => found.set(places.subarray(4 * index, 4 * index + 4), 4 * i));
  return found;
}
