/** Pictures that were dropped, pasted or photographed, by the names that the address has for them; they live as long as the page. */

const pictures = new Map();
let numbers = 0;

/** Keeps a picture. @param {File} file @returns {string} its name in the address */
export function keep(file) {
  const name = `${++numbers}`;
  pictures.set(name, { file, url: URL.createObjectURL(file) });
  return name;
}

/** @param {string} name @returns {{file: File, url: string}|undefined} undefined if the page was loaded again since */
export function sent(name) {
  return pictures.get(name);
}
