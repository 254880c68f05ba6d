/** Justified rows: all of one row are as high, and fill the width. Knows nothing of the document. */

const NARROWEST = 0.5;
const WIDEST = 2.4;
const HIGHEST = 1.4;

/**
 * Lays tiles out.
 * @param {number[]} aspects width by height of each; clamped, what is beyond is cut off by the tile
 * @param {{width: number, height: number, gap: number}} room `height` is about what a row has
 * @returns {{rows: Array<{from: number, to: number, top: number, height: number}>, height: number}} `to` is behind the last
 */
export function justify(aspects, { width, height, gap }) {
  const rows = [];
  let from = 0;
  let sum = 0;
  let top = 0;
  for (let i = 0; i < aspects.length; i++) {
    sum += clamp(aspects[i]);
    if (sum * height + gap * (i - from) < width) continue;
    const filled = (width - gap * (i - from)) / sum;
    rows.push({ from, to: i + 1, top, height: filled });
    top += filled + gap;
    from = i + 1;
    sum = 0;
  }
  if (from < aspects.length) {
    const last = Math.min(height * HIGHEST, (width - gap * (aspects.length - from - 1)) / sum, rows.at(-1)?.height ?? height);
    rows.push({ from, to: aspects.length, top, height: last });
    top += last + gap;
  }
  return { rows, height: Math.max(0, top - gap) };
}

/** Where the tiles of a row are. @returns {Array<{index: number, left: number, top: number, width: number, height: number}>} */
export function tilesOf(row, aspects, gap) {
  let left = 0;
  return Array.from({ length: row.to - row.from }, (_, i) => {
    const width = clamp(aspects[row.from + i]) * row.height;
    const tile = { index: row.from + i, left, top: row.top, width, height: row.height };
    left += width + gap;
    return tile;
  });
}

/** The first row that ends below a height. @returns {number} the count of rows if none does */
export function rowAt(rows, y) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].top + rows[middle].height < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

const clamp = aspect => Math.min(WIDEST, Math.max(NARROWEST, aspect || 1));
