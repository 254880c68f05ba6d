/** Eight colours of labels that stay apart for colour-blind readers; beyond eight they come again with another shape. */

export const COUNT = 8;

/** Shapes by round: the first eight labels are discs, the next eight squares, and so on. */
export const SHAPES = ['disc', 'square', 'triangle', 'diamond'];

/** @param {number} index of a label @returns {string} for CSS, such as `var(--c3)` */
export function css(index) {
  return `var(--c${(index % COUNT) + 1})`;
}

/** @param {number} index of a label @returns {string} one of {@link SHAPES} */
export function shape(index) {
  return SHAPES[Math.floor(index / COUNT) % SHAPES.length];
}

/** The eight as the theme has them now. @returns {Array<[number, number, number]>} red, green, blue, each 0..1 */
export function rgb() {
  const styles = getComputedStyle(document.documentElement);
  return Array.from({ length: COUNT }, (_, i) => parse(styles.getPropertyValue(`--c${i + 1}`).trim()));
}

/** Tells when the theme changes; gives what ends that. @param {() => void} listener */
export function onTheme(listener) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

function parse(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16) / 255);
}
