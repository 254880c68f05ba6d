/** The same call for a terminal. */

/** @param {import('./fields.js').Request} request @returns {string} */
export function curl({ path, body, picture, fields }) {
  const token = sessionStorage.getItem('lapidary-token') ? " \\\n  -H \"Authorization: Bearer $TOKEN\"" : '';
  const parts = picture ? form(picture, fields) : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`];
  return `curl ${location.origin}${path}${token} \\\n  ${parts.join(' \\\n  ')}`;
}

function form(picture, fields) {
  const file = `-F ${quoted(`image=@${picture.name}${picture.name.includes('.') ? '' : `;type=${picture.type}`}`)}`;
  return [file, ...Object.entries(fields).map(([name, value]) => `-F ${name}=${value}`)];
}

const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
