/** One field of a form: its name, its control, and what is wrong with the value. */

import { attribute, h } from '../../core/dom.js';

/** A value that makes no sense, at its field. */
export class WrongValue extends Error {
  /** @param {Field} field @param {string} sentence */
  constructor(field, sentence) {
    super(sentence);
    this.field = field;
  }

  /** Says so at the field. */
  tell() {
    this.field.mark(this.message);
  }
}

/**
 * @typedef {{element: HTMLElement, read: () => *, mark: (sentence: string) => void, focus: () => void}} Field
 *   `read` gives the value, or throws a {@link WrongValue}; `mark` says what is wrong, or with an empty sentence that nothing is
 * @param {string} name
 * @param {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} control
 * @param {(control: HTMLElement) => *} [valueOf] throws an Error with a sentence
 * @returns {Field}
 */
export function field(name, control, valueOf = ({ value }) => value) {
  const wrong = h('p.wrong', { role: 'alert', hidden: true });
  const made = { element: h('div.labelled', {}, h('label', {}, h('span', {}, name), control), wrong), read, mark, focus: () => control.focus() };

  function read() {
    try {
      return valueOf(control);
    } catch (problem) {
      throw new WrongValue(made, problem.message);
    }
  }

  function mark(sentence) {
    wrong.textContent = sentence;
    wrong.hidden = !sentence;
    attribute(control, 'aria-invalid', sentence ? 'true' : null);
    // Of a control that has a name, readers read the title as what is to be known of it.
    attribute(control, 'title', sentence || null);
  }

  return made;
}

/** The values of fields; those that are right lose their marks. @param {Field[]} fields @throws {WrongValue} of the first that is wrong */
export function valuesOf(fields) {
  const wrong = [];
  const values = fields.map(each => {
    try {
      const value = each.read();
      each.mark('');
      return value;
    } catch (problem) {
      wrong.push(problem);
      return null;
    }
  });
  if (wrong.length) throw wrong[0];
  return values;
}
