/** What models do now: their counters are read every other second, what changed between two readings is drawn. */

import { api } from '../../core/api.js';
import { h, replace } from '../../core/dom.js';
import { duration } from '../../core/text.js';
import { bars, line } from './charts.js';

const EVERY_MILLIS = 2000;
/** Three minutes. */
const KEPT = 90;

/**
 * Follows one model until it is told to end.
 * @param {string} name
 * @returns {{element: HTMLElement, end: () => void}}
 */
export function live(name) {
  const element = h('section.live', { 'aria-label': 'Live figures' });
  const history = { latency: new Array(KEPT).fill(null), rate: new Array(KEPT).fill(null), before: null };
  let timer = 0;
  let isOver = false;

  async function read() {
    try {
      const { model_stats: versions } = await api.json(`/v2/models/${encodeURIComponent(name)}/stats`);
      if (isOver) return;
      take(history, total(versions), performance.now());
      draw(versions);
    } catch (problem) {
      replace(element, h('h3', {}, 'Live'), h('p.soft', {}, `${problem.message} It is asked again.`));
    }
    if (!isOver) timer = setTimeout(read, EVERY_MILLIS);
  }

  function draw(versions) {
    replace(element, h('h3', {}, 'The last three minutes'),
      line({ title: 'Latency', values: history.latency, text: duration }),
      line({ title: 'Requests a second', values: history.rate, text: value => value.toFixed(1) }),
      bars({ title: 'Runs by batch size, since the start', bars: batches(versions) }));
  }

  read();
  return { element, end: () => { isOver = true; clearTimeout(timer); } };
}

function total(versions) {
  return versions.reduce((sum, { inference_stats: stats }) => ({ count: sum.count + stats.success.count, nanos: sum.nanos + stats.success.ns }), { count: 0, nanos: 0 });
}

function take(history, now, at) {
  const { before } = history;
  history.before = { ...now, at };
  if (!before) return;
  const requests = now.count - before.count;
  push(history.latency, requests > 0 ? (now.nanos - before.nanos) / requests / 1e6 : null);
  push(history.rate, requests / ((at - before.at) / 1000));
}

function push(values, value) {
  values.push(value);
  values.shift();
}

function batches(versions) {
  const counts = new Map();
  versions.flatMap(version => version.batch_stats).forEach(({ batch_size: size, compute_infer: runs }) => counts.set(size, (counts.get(size) || 0) + runs.count));
  return [...counts].sort(([a], [b]) => a - b).map(([size, value]) => ({ name: String(size), value }));
}
