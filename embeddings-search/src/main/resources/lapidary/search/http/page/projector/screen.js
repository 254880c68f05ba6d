/** Where the points are on the screen, in a grid of cells: who is under the pointer, who is within a line drawn around. */

const CELL = 24;
const AWAY = -1e4;
const LARGEST = 65535;

/**
 * Puts all points on the screen.
 * @param {import('./cloud.js').Cloud} cloud
 * @param {import('./camera.js').Camera} camera
 * @param {(code: number) => boolean} isShown
 */
export function screen(cloud, camera, isShown) {
  const { width, height } = camera.size();
  const seen = project(cloud, camera, isShown);
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const cell = index => {
    const x = Math.floor(seen.x[index] / CELL);
    const y = Math.floor(seen.y[index] / CELL);
    return x < 0 || y < 0 || x >= columns || y >= rows ? -1 : y * columns + x;
  };
  const { starts, order } = sorted(cloud.count, columns * rows, cell);

  /** The nearest to the eye of the points that are so near to a place; −1 if there is none. */
  function nearest(x, y, radius) {
    let best = -1;
    forEachNear(x, y, radius, index => {
      const off = Math.hypot(seen.x[index] - x, seen.y[index] - y);
      if (off <= radius && (best < 0 || score(index, off) < score(best, Math.hypot(seen.x[best] - x, seen.y[best] - y)))) best = index;
    });
    return best;
  }

  /** What is right under the pointer goes before what is nearer to the eye. */
  const score = (index, off) => off + seen.w[index] * 0.5;

  function forEachNear(x, y, radius, visit) {
    const [left, right] = [x - radius, x + radius].map(at => Math.max(0, Math.min(columns - 1, Math.floor(at / CELL))));
    const [top, bottom] = [y - radius, y + radius].map(at => Math.max(0, Math.min(rows - 1, Math.floor(at / CELL))));
    for (let row = top; row <= bottom; row++) {
      for (let i = starts[row * columns + left]; i < starts[row * columns + right + 1]; i++) visit(order[i]);
    }
  }

  /** The points within a line drawn around. @param {Array<[number, number]>} line @returns {Uint32Array} in rising order */
  function within(line) {
    const inside = mask(line, width, height);
    const found = [];
    for (let i = 0; i < starts[columns * rows]; i++) {
      const index = order[i];
      if (inside(Math.floor(seen.x[index]), Math.floor(seen.y[index]))) found.push(index);
    }
    return Uint32Array.from(found).sort();
  }

  /** Points that do not overlap, the nearest to the eye first. */
  function apart(most, side) {
    const taken = [];
    const candidates = Array.from(order.subarray(0, starts[columns * rows])).sort((a, b) => seen.w[a] - seen.w[b]);
    for (const index of candidates) {
      if (taken.length === most) break;
      const free = taken.every(other => Math.max(Math.abs(seen.x[other] - seen.x[index]), Math.abs(seen.y[other] - seen.y[index])) > side);
      if (free) taken.push(index);
    }
    return taken;
  }

  return { nearest, within, apart, shown: starts[columns * rows], at: index => [seen.x[index], seen.y[index]] };
}

/** Where a place is on the screen, and how far from the eye. @returns {[number, number, number]} */
export function spot(at, cloud, camera) {
  const m = camera.matrix();
  const { width, height } = camera.size();
  const z = at[2] + (cloud.middle[2] - at[2]) * camera.at.flat;
  const [x, y, w] = [0, 1, 3].map(row => m[row] * at[0] + m[row + 4] * at[1] + m[row + 8] * z + m[row + 12]);
  return [((x / w) * 0.5 + 0.5) * width, (0.5 - (y / w) * 0.5) * height, w];
}

/**
 * What takes the numbers of a point to the screen: with x, y and z its three numbers, each row gives `row[0] x + row[1] y + row[2] z + row[3]`; the first by the third is
 * how far it is from the left, the second by the third how far from the top, and the third how far from the eye.
 * @param {import('./cloud.js').Cloud} cloud
 * @param {import('./camera.js').Camera} camera
 * @returns {number[][]} three of four numbers
 */
export function rows({ scale, offset, middle }, camera) {
  const m = camera.matrix();
  const { flat } = camera.at;
  const { width, height } = camera.size();
  const lengths = [scale[0], scale[1], scale[2] * (1 - flat)].map(length => length / LARGEST);
  const begins = [offset[0], offset[1], offset[2] * (1 - flat) + middle[2] * flat, 1];
  const [across, upward, away] = [0, 1, 3].map(row => [0, 1, 2, 3].map(column => m[row + 4 * column]));
  const seen = [across.map((value, i) => 0.5 * width * (value + away[i])), upward.map((value, i) => 0.5 * height * (away[i] - value)), away];
  return seen.map(row => [...lengths.map((length, i) => row[i] * length), begins.reduce((sum, begin, i) => sum + row[i] * begin, 0)]);
}

/** The same as the graphics card does, for all points. */
function project(cloud, camera, isShown) {
  const { packed, count } = cloud;
  const [[ax, ay, az, a], [bx, by, bz, b], [wx, wy, wz, ww]] = rows(cloud, camera);
  const shown = Uint8Array.from({ length: 256 }, (_, code) => (isShown(code) ? 1 : 0));
  const [x, y, w] = [0, 1, 2].map(() => new Float32Array(count));
  for (let i = 0, p = 0; i < count; i++, p += 4) {
    const far = wx * packed[p] + wy * packed[p + 1] + wz * packed[p + 2] + ww;
    const visible = shown[packed[p + 3]] && far > 0;
    w[i] = far;
    x[i] = visible ? (ax * packed[p] + ay * packed[p + 1] + az * packed[p + 2] + a) / far : AWAY;
    y[i] = visible ? (bx * packed[p] + by * packed[p + 1] + bz * packed[p + 2] + b) / far : AWAY;
  }
  return { x, y, w };
}

/** Points by cell: those of a cell lie between two starts; what is not on the screen comes last. */
function sorted(count, cells, cell) {
  const starts = new Uint32Array(cells + 2);
  const places = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const at = cell(i);
    places[i] = at < 0 ? cells : at;
    starts[places[i] + 1]++;
  }
  for (let i = 0; i <= cells; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[places[i]]++] = i;
  return { starts, order };
}

function mask(line, width, height) {
  const paper = new OffscreenCanvas(Math.ceil(width), Math.ceil(height)).getContext('2d', { willReadFrequently: true });
  paper.beginPath();
  line.forEach(([x, y], i) => (i ? paper.lineTo(x, y) : paper.moveTo(x, y)));
  paper.fill();
  const { data, width: row } = paper.getImageData(0, 0, Math.ceil(width), Math.ceil(height));
  return (x, y) => data[4 * (y * row + x) + 3] > 127;
}
