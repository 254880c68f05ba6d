/** Bias against mean rating of all films, one marked. */

import { address } from '../../core/address.js';
import { h } from '../../core/dom.js';
import { onTheme } from '../../core/colours.js';
import { signed, stars } from './words.js';

const HEIGHT = 168;
const PAD = { left: 8, right: 10, top: 12, bottom: 22 };
const NEAR = 14;

/**
 * @param {{ids: string[], mean_rating: number[], bias: number[], ratings: number[]}} all
 * @param {import('./ask.js').Film} film
 * @param {number} min films with fewer ratings are left out: their means say little
 * @returns {{element: HTMLElement, end: () => void}}
 */
export function plot(all, film, min) {
  const points = all.ids.map((id, i) => ({ id, x: all.mean_rating[i], y: all.bias[i], ratings: all.ratings[i] })).filter(each => each.ratings > 0 && each.ratings >= min);
  const mine = { id: film.id, x: film.mean_rating, y: film.bias };
  const canvas = h('canvas', { role: 'img', 'aria-label': spoken(points, film) });
  const element = h('figure.bias-plot', {}, canvas);
  const scale = scales([...points, mine]);
  const draw = () => paint(canvas, scale, points, mine);
  const resized = new ResizeObserver(draw);
  resized.observe(element);
  const themed = onTheme(draw);
  canvas.addEventListener('click', event => {
    const near = nearest(event, canvas, scale, points);
    if (near) address.go({ sel: near.id });
  });
  canvas.addEventListener('pointermove', event => { canvas.style.cursor = nearest(event, canvas, scale, points) ? 'pointer' : ''; });
  return { element, end: () => { resized.disconnect(); themed(); } };
}

function spoken(points, film) {
  const above = points.filter(each => each.y > film.bias).length;
  return `Bias against mean rating of ${points.length} films. ${film.name}: mean ${stars(film.mean_rating)}, bias ${signed(film.bias)}; ${above} films have a higher bias.`;
}

function scales(points) {
  const xs = points.map(each => each.x);
  const ys = points.map(each => each.y);
  const range = { left: Math.min(...xs), right: Math.max(...xs), low: Math.min(0, ...ys), high: Math.max(0, ...ys) };
  const across = range.right - range.left || 1;
  const up = range.high - range.low || 1;
  return {
    range,
    x: (value, width) => PAD.left + ((value - range.left) / across) * (width - PAD.left - PAD.right),
    y: value => HEIGHT - PAD.bottom - ((value - range.low) / up) * (HEIGHT - PAD.top - PAD.bottom),
  };
}

function paint(canvas, scale, points, mine) {
  const width = canvas.parentElement.clientWidth;
  const sharp = devicePixelRatio || 1;
  canvas.width = width * sharp;
  canvas.height = HEIGHT * sharp;
  const pen = canvas.getContext('2d');
  const colour = name => getComputedStyle(canvas).getPropertyValue(name).trim();
  pen.scale(sharp, sharp);
  axes(pen, scale, width, colour);
  pen.fillStyle = colour('--soft');
  pen.globalAlpha = points.length > 3000 ? .2 : .34;
  points.forEach(each => dot(pen, scale.x(each.x, width), scale.y(each.y), 1.7));
  pen.globalAlpha = 1;
  marked(pen, scale.x(mine.x, width), scale.y(mine.y), colour);
}

function axes(pen, scale, width, colour) {
  const zero = Math.round(scale.y(0)) + .5;
  pen.strokeStyle = colour('--line');
  line(pen, PAD.left, zero, width - PAD.right, zero);
  pen.fillStyle = colour('--faint');
  pen.font = `11px ${colour('--font')}`;
  pen.fillText('bias', PAD.left, 10);
  pen.fillText('0', PAD.left, zero - 3);
  for (let rating = Math.ceil(scale.range.left); rating <= scale.range.right; rating++) {
    const x = Math.round(scale.x(rating, width)) + .5;
    line(pen, x, HEIGHT - PAD.bottom, x, HEIGHT - PAD.bottom + 4);
    pen.textAlign = 'center';
    pen.fillText(String(rating), x, HEIGHT - 5);
  }
  pen.textAlign = 'right';
  pen.fillText('mean rating', width - PAD.right, HEIGHT - 26);
  pen.textAlign = 'left';
}

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
}

function marked(pen, x, y, colour) {
  pen.strokeStyle = colour('--accent');
  pen.setLineDash([2, 3]);
  line(pen, x, y, x, HEIGHT - PAD.bottom);
  pen.setLineDash([]);
  pen.fillStyle = colour('--panel');
  dot(pen, x, y, 7.5);
  pen.fillStyle = colour('--accent');
  dot(pen, x, y, 5.5);
}

function dot(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fill();
}

function nearest(event, canvas, scale, points) {
  const box = canvas.getBoundingClientRect();
  const at = { x: event.clientX - box.left, y: event.clientY - box.top };
  let best = null;
  let least = NEAR;
  points.forEach(each => {
    const distance = Math.hypot(scale.x(each.x, box.width) - at.x, scale.y(each.y) - at.y);
    if (distance < least) {
      least = distance;
      best = each;
    }
  });
  return best;
}
