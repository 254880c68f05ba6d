/* Makes modules of the texts in this page: each becomes a blob, and names of modules in it become the addresses of theirs. */
{
  const texts = new Map([...document.querySelectorAll('script[data-module]')].map(element => [element.dataset.module, element.textContent]));
  const made = new Map();
  const address = name => {
    if (!made.has(name)) {
      const text = texts.get(name).replace(/\b(from\s*|import\s*\(?\s*)(['"])(\.[^'"]+)\2/g, (all, how, quote, path) =>
        `${how}${quote}${address(new URL(path, `file:///${name}`).pathname.slice(1))}${quote}`);
      made.set(name, URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    }
    return made.get(name);
  };
  import(address('projector/standalone.js'));
}
