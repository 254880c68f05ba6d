/** Pixels in memory that points and lines are drawn into, the nearest to the eye on top. */

import { spriteAt, sprites, WIDEST } from './sprites.js';

/** Around what is seen, so that no point at its edge has to be cut. */
const MARGIN = WIDEST / 2 + 2;
/** Points that are next to each other in memory are drawn or left out together. */
const BLOCK = 64;
/** Multiples of it, less their whole parts, are spread evenly, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const LEAST = 1.5;
/** Steps of depth that colours have. */
export const LEVELS = 16;
export const HIDDEN = 255;

/**
 * Makes pixels.
 * @param {number} width
 * @param {number} height
 * @param {boolean} smooth whether edges are
 */
export function raster(width, height, smooth) {
  const stride = width + 2 * MARGIN;
  const image = new ImageData(stride, height + 2 * MARGIN);
  const pixels = new Uint32Array(image.data.buffer);
  const depths = new Float32Array(pixels.length);
  const { made, make } = sprites(stride, smooth);

  /** @param {number} ground as {@link packed} */
  function clear(ground) {
    pixels.fill(ground);
    depths.fill(Infinity);
  }

  /**
   * Draws points.
   * @param {Uint16Array} places as a cloud has them
   * @param {number[][]} rows what takes them to pixels, as `rows` of the screen gives them
   * @param {{size: number, shapes: Uint8Array, colours: Uint32Array, focus: number, reach: number, isOver: boolean}} look `shapes` by code; `colours` by code and
   *   level of depth; `isOver`: over all that is there
   * @param {number} share of the points, 0..1, evenly
   */
  function points(places, rows, look, share) {
    const count = places.length / 4;
    for (let block = 0; block * BLOCK < count; block++) {
      if ((block * GOLDEN) % 1 < share) run(places, block * BLOCK, Math.min(count, (block + 1) * BLOCK), rows, look);
    }
  }

  /** Long, since calls would cost more than what they do. */
  function run(places, from, to, [[ax, ay, az, a], [bx, by, bz, b], [wx, wy, wz, ww]], look) {
    const { size, shapes, colours, focus, reach, isOver } = look;
    const far = LEVELS / (2.2 * reach);
    const most = Math.min(WIDEST, 6 * size);
    for (let i = from, p = 4 * from; i < to; i++, p += 4) {
      const code = places[p + 3];
      const x = places[p];
      const y = places[p + 1];
      const z = places[p + 2];
      const w = wx * x + wy * y + wz * z + ww;
      if (shapes[code] === HIDDEN || w <= 0) continue;
      const column = Math.floor((ax * x + ay * y + az * z + a) / w) + MARGIN;
      const row = Math.floor((bx * x + by * y + bz * z + b) / w) + MARGIN;
      if (column < 0 || row < 0 || column >= stride || row >= height + 2 * MARGIN) continue;
      const level = Math.max(0, Math.min(LEVELS - 1, Math.floor((w - focus) * far + LEVELS / 2)));
      const wanted = spriteAt(Math.max(LEAST, Math.min(most, (size * focus) / w)), shapes[code]);
      const form = made[wanted] || make(wanted);
      (form.isPlain ? dot : stamp)(row * stride + column, isOver ? 0 : w, colours[code * LEVELS + level], form);
    }
  }

  function dot(middle, depth, colour, { places }) {
    for (let i = 0; i < places.length; i++) {
      const at = middle + places[i];
      if (depth > depths[at]) continue;
      pixels[at] = colour;
      depths[at] = depth;
    }
  }

  /** What is written outside of memory is not written; a row's end is in the margin, which is not seen. */
  function stamp(middle, depth, colour, { places, covers, shades }) {
    for (let i = 0; i < places.length; i++) {
      const at = middle + places[i];
      if (depth > depths[at]) continue;
      const lit = shades[i] === 256 ? colour : mixed(0xff000000, colour, shades[i]);
      if (covers[i] === 256) {
        pixels[at] = lit;
        depths[at] = depth;
      } else pixels[at] = mixed(pixels[at], lit, covers[i]);
    }
  }

  /** A line between two places, each x, y and how far from the eye. */
  function line([x, y, w], [toX, toY, toW], colour, { cover, isOver }) {
    if (w <= 0 || toW <= 0) return;
    const steps = Math.ceil(Math.max(Math.abs(toX - x), Math.abs(toY - y), 1));
    for (let step = 0; step <= Math.min(steps, 8 * stride); step++) {
      const share = step / steps;
      const column = Math.floor(x + (toX - x) * share);
      const row = Math.floor(y + (toY - y) * share);
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = (row + MARGIN) * stride + column + MARGIN;
      if (isOver || w + (toW - w) * share <= depths[at]) pixels[at] = mixed(pixels[at], colour, cover);
    }
  }

  return {
    clear, points, line,
    /** Puts what is seen onto a canvas. @param {CanvasRenderingContext2D} context */
    put: context => context.putImageData(image, -MARGIN, -MARGIN, MARGIN, MARGIN, width, height),
  };
}

/** A colour as a pixel of memory. @param {number[]} colour red, green and blue, each 0..1 */
export function packed([red, green, blue]) {
  return ((255 << 24) | (Math.round(255 * blue) << 16) | (Math.round(255 * green) << 8) | Math.round(255 * red)) >>> 0;
}

/** One colour over another. @param {number} cover 0..256 */
function mixed(under, over, cover) {
  const left = 256 - cover;
  const outer = (((under & 0xff00ff) * left + (over & 0xff00ff) * cover) >>> 8) & 0xff00ff;
  const green = (((under & 0xff00) * left + (over & 0xff00) * cover) >>> 8) & 0xff00;
  return (0xff000000 | outer | green) >>> 0;
}
