/** Colours of genres: the same lightness for all, so that white type stays legible, and hues that say something. */

const HUES = {
  Action: 32, Adventure: 58, Animation: 78, "Children's": 98, Comedy: 70, Crime: 262, Documentary: 190, Drama: 296, Fantasy: 318, 'Film-Noir': 252,
  Horror: 18, Musical: 345, Mystery: 166, Romance: 2, 'Sci-Fi': 228, Thriller: 208, War: 122, Western: 48,
};
const MUTED = new Set(['Film-Noir', 'Documentary', 'War', 'unknown']);

/** The hue of a genre, 0..360; of one that is not known, one that follows from its name. @param {string} genre */
export const hue = genre => HUES[genre] ?? hash(genre) % 360;

/** How colourful a genre is. @param {string} genre */
export const chroma = genre => (MUTED.has(genre) ? .05 : .125);

/** The colour of a genre, for its chip. @param {string} genre */
export const colour = genre => `oklch(.62 ${chroma(genre) + .03} ${hue(genre)})`;

/** How far the hue of a film may lie from that of its genre, so that neighbours differ. */
const SPREAD = 22;

/** CSS properties of something that is coloured by a film's first two genres. @param {{id: string, genres: string[]}} film */
export function colours({ id, genres }) {
  const [first = 'unknown', second = first] = genres;
  const turn = (hash(id) % SPREAD) - SPREAD / 2;
  return { '--h1': hue(first) + turn, '--k1': chroma(first), '--h2': hue(second) - turn, '--k2': chroma(second) };
}

/** A number that follows from a text, for what only has to look different. @param {string} text @returns {number} */
export function hash(text) {
  let sum = 2166136261;
  for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0), 16777619) >>> 0;
  return sum;
}
