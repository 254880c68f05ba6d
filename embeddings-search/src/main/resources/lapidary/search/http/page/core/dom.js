/** Makes elements. Knows nothing of the application. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an HTML element.
 * @param {string} tag its name, with classes behind dots: `button.quiet.round`
 * @param {Object<string, *>} [props] `class` adds to those of the tag; `onclick` and the like are listened to; `style` is an object of CSS properties; true gives an empty
 *   attribute; false, null and undefined give none; `value`, `checked`, `disabled`, `hidden` and `tabIndex` are set as properties; all else becomes an attribute
 * @param {...(Node|string|number|null|undefined|false|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  return fill(document.createElement(tag.split('.')[0]), tag, props, children);
}

/** Makes an SVG element, as {@link h} does. @returns {SVGElement} */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag.split('.')[0]), tag, props, children);
}

/** Exchanges all that is in an element. */
export function replace(host, ...children) {
  host.replaceChildren(...nodes(children));
  return host;
}

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'tabIndex', 'srcObject']);

function fill(element, tag, props, children) {
  const classes = tag.split('.').slice(1);
  if (classes.length) element.classList.add(...classes);
  Object.entries(props || {}).forEach(([name, value]) => set(element, name, value));
  element.append(...nodes(children));
  return element;
}

function set(element, name, value) {
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'style') style(element, value);
  else if (name === 'class') element.classList.add(...String(value || '').split(' ').filter(Boolean));
  else if (PROPERTIES.has(name)) element[name] = value;
  else attribute(element, name, value);
}

/** Sets CSS properties, custom ones too; the content policy forbids the attribute. */
export function style(element, properties) {
  Object.entries(properties).forEach(([name, value]) => element.style.setProperty(name, value));
}

/** Sets an attribute, or takes it away where the value is false, null or undefined. */
export function attribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

function nodes(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}
