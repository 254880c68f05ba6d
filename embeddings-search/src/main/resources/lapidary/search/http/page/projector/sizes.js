/** How large points are drawn. */

/** With more points edges are not smoothed: it would cost frames and not be seen. */
export const SMOOTHED = 60000;

/** In CSS pixels at the target's distance, by how many there are. */
const sizeFor = count => Math.max(1.9, Math.min(9, 9.5 - 1.42 * Math.log10(Math.max(1, count / 80)) * 1.35));

/**
 * Sizes of what is drawn, in pixels of the canvas, at the target's distance.
 * @param {import('./cloud.js').Cloud} cloud
 * @param {import('./camera.js').Camera} view
 * @param {number} ratio pixels of the canvas by CSS pixels
 * @returns {{all: number, dimmed: number, lit: number}} of points; of those beside some that are lit; of those that are
 */
export function sizes(cloud, view, ratio) {
  const near = Math.min(2.6, Math.max(1, (view.home().reach * 3.6) / view.at.distance) ** 0.45);
  const all = sizeFor(cloud.count) * ratio * near;
  return { all, dimmed: all * 0.85, lit: all * 1.35 + 3 * ratio };
}
