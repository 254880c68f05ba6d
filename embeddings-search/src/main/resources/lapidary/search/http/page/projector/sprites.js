/** Points as pixels: for each shape and size those that it covers, and how much of them. The same forms as the graphics card draws. */

/** In halves of a pixel. */
const STEPS = 2;
/** The widest point, in pixels. */
export const WIDEST = 64;
const SIZES = STEPS * WIDEST + 1;
const SHAPES = 4;
const FULL = 256;
/** In pixels: in narrower points no shade is seen. */
const PLAIN = 5;

/** How far a place is from the middle of a shape, 1 at its edge; x and y are −1..1. */
const FORMS = [
  (x, y) => Math.hypot(x, y),
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) * 1.2,
  (x, y) => Math.max(Math.abs(x) * 1.75 - y * 0.95, y * 1.6) + 0.05,
  (x, y) => (Math.abs(x) + Math.abs(y)) * 1.02,
];

/**
 * @typedef {{places: Int32Array, covers: Uint16Array, shades: Uint16Array, isPlain: boolean}} Sprite `places` beside that of the middle; covers and shades are 0..256; plain is
 *   what covers its pixels wholly and is too small for shades
 */

/**
 * Gives sprites, each made once.
 * @param {number} stride pixels of a row
 * @param {boolean} smooth whether edges are
 * @returns {{made: Array<Sprite|null>, make: (at: number) => Sprite}} those made, by {@link spriteAt}, and what makes one that is not
 */
export function sprites(stride, smooth) {
  const made = new Array(SHAPES * SIZES).fill(null);
  const make = at => (made[at] = sprite((at % SIZES) / STEPS, FORMS[Math.floor(at / SIZES)], stride, smooth));
  return { made, make };
}

/** Where the sprite of a shape is. @param {number} size in pixels, {@link WIDEST} at most @returns {number} */
export const spriteAt = (size, shape) => shape * SIZES + ((STEPS * size + 0.5) | 0);

function sprite(size, form, stride, smooth) {
  const pixels = size < 2.5 ? square(stride) : covered(size / 2, form, stride, smooth);
  return {
    isPlain: size < PLAIN && pixels.every(pixel => pixel.cover === FULL),
    places: Int32Array.from(pixels, pixel => pixel.place),
    covers: Uint16Array.from(pixels, pixel => pixel.cover),
    shades: Uint16Array.from(pixels, pixel => pixel.shade),
  };
}

/** So small that no shape is seen. */
const square = stride => [0, 1, stride, stride + 1].map(place => ({ place, cover: FULL, shade: FULL }));

function covered(radius, form, stride, smooth) {
  const found = [];
  const reach = Math.ceil(radius);
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const far = form(x / radius, y / radius);
      const inside = Math.max(0, Math.min(1, (1 - far) * radius + 0.5));
      const cover = smooth ? Math.round(FULL * inside) : FULL * Math.round(inside);
      if (cover > 4) found.push({ place: y * stride + x, cover, shade: Math.round(FULL * (1 - 0.2 * Math.min(1, far * far))) });
    }
  }
  return found;
}
