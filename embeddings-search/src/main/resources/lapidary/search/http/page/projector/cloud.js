/** Points as they are sent: three unsigned 16-bit numbers each, between the ends of their axes. */

/** Bytes of a point on the way: its place, and a code to colour it by. */
export const BYTES = 7;

const LARGEST = 65535;
const CODES = 256;
/** How many, three sums, and the sum of squares. */
const SUMS = 5;
const SAMPLE = 20000;
/** The share of the points that the first view has to show; a few may lie far out. */
const FRAMED = 0.985;
/** How much of a width a widened cloud fills, and how far it may be drawn out: what is near should still look so. */
const FILLED = 0.8;
const MOST_WIDENED = 3;

/**
 * @typedef {{name: string, share?: number, least: number, most: number}} Axis
 * @typedef {Object} Cloud
 * @property {number} count
 * @property {Uint16Array} packed x, y, z and code of each point, four numbers: what the graphics card reads
 * @property {number[]} scale how long the axes are, the longest 2
 * @property {number[]} offset where they begin
 * @property {number[]} middle of what the first view shows
 * @property {number} reach from the middle to the edge of what the first view shows
 * @property {number[]} halves how far that goes from the middle along each axis
 * @property {Axis[]} axes
 */

/**
 * Makes a cloud.
 * @param {Uint16Array} places three a point
 * @param {Axis[]} axes three
 * @returns {Cloud}
 */
export function cloud(places, axes) {
  const count = places.length / 3;
  const lengths = axes.map(axis => axis.most - axis.least);
  const longest = Math.max(...lengths) || 1;
  const scale = lengths.map(length => (2 * length) / longest);
  const offset = scale.map(length => -length / 2);
  const made = { count, packed: pack(places, count), scale, offset, axes };
  return { ...made, ...framed(made) };
}

/**
 * The same with its first axis drawn out, so that it fills what is wide and low.
 * @param {Cloud} of
 * @param {number} aspect width by height of what it is shown in
 * @returns {Cloud}
 */
export function widened(of, aspect) {
  const stretch = Math.min(MOST_WIDENED, Math.max(1, (FILLED * aspect * of.halves[1]) / of.halves[0]));
  const drawn = ([first, ...others]) => [stretch * first, ...others];
  const made = { ...of, scale: drawn(of.scale), offset: drawn(of.offset) };
  return { ...made, ...framed(made) };
}

function pack(places, count) {
  const packed = new Uint16Array(4 * count);
  for (let i = 0, from = 0, to = 0; i < count; i++, to++) {
    packed[to++] = places[from++];
    packed[to++] = places[from++];
    packed[to++] = places[from++];
  }
  return packed;
}

/** Where a point is. @param {Cloud} of @param {number} index @returns {[number, number, number]} */
export function place({ packed, scale, offset }, index) {
  return [0, 1, 2].map(axis => (packed[4 * index + axis] / LARGEST) * scale[axis] + offset[axis]);
}

/** Gives each point its code. @param {Cloud} of @param {Uint8Array} codes */
export function paint({ packed, count }, codes) {
  for (let i = 0; i < count; i++) packed[4 * i + 3] = codes[i];
}

/**
 * Where the points of each code are.
 * @param {Cloud} of
 * @returns {Array<{code: number, count: number, at: number[], spread: number}>} their middle; `spread` is their variance beside that of all points
 */
export function groups({ packed, count, scale, offset }) {
  const sums = new Float64Array(SUMS * CODES);
  for (let i = 0; i < count; i++) {
    const code = SUMS * packed[4 * i + 3];
    sums[code]++;
    for (let axis = 0; axis < 3; axis++) {
      const at = (packed[4 * i + axis] / LARGEST) * scale[axis];
      sums[code + 1 + axis] += at;
      sums[code + 4] += at * at;
    }
  }
  const parts = Array.from({ length: CODES }, (_, code) => Array.from(sums.subarray(SUMS * code, SUMS * (code + 1))));
  const all = variance(parts.reduce((total, part) => total.map((value, i) => value + part[i])));
  return parts.flatMap((part, code) => (part[0] ? [{ code, count: part[0], at: [0, 1, 2].map(axis => part[1 + axis] / part[0] + offset[axis]), spread: variance(part) / all }] : []));
}

/** Of a number of places, from their sums and that of their squares. */
function variance([members, x, y, z, squares]) {
  return squares / members - (x * x + y * y + z * z) / (members * members);
}

function framed(made) {
  const step = Math.max(1, Math.floor(made.count / SAMPLE));
  const sample = [];
  for (let i = 0; i < made.count; i += step) sample.push(place(made, i));
  const middle = [0, 1, 2].map(axis => sample.reduce((sum, at) => sum + at[axis], 0) / Math.max(1, sample.length));
  const off = sample.map(at => at.map((value, axis) => Math.abs(value - middle[axis])));
  return { middle, reach: most(off.map(each => Math.hypot(...each))) || 1, halves: [0, 1, 2].map(axis => most(off.map(each => each[axis])) || 1) };
}

/** All but a few that are far out. */
function most(distances) {
  return distances.sort((a, b) => a - b)[Math.floor((distances.length - 1) * FRAMED)];
}
