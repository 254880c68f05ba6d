/** Numbers and names as a person reads them. */

const whole = new Intl.NumberFormat('en');

/** 10000 → `10,000`. */
export const count = number => whole.format(number);

/** 1 → `1 photo`, 2 → `2 photos`. */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A likeness, −1..1, as `.94`, `1.00` or `−.12`. */
export function likeness(score) {
  const text = Math.abs(score).toFixed(2);
  return (score < 0 && Number(text) ? '−' : '') + text.replace(/^0/, '');
}

/** Milliseconds as `3 ms` or `1.2 s`. */
export const duration = millis => (millis < 1000 ? `${Math.max(1, Math.round(millis))} ms` : `${(millis / 1000).toFixed(1)} s`);

/** The end of a path, which is what a person called the file. */
export const fileName = id => id.split('/').filter(Boolean).pop() || id;

/** 0.64 → `64 %`. */
export const percent = share => `${Math.round(share * 100)} %`;
