/** What hands and keys do to the points: turn, move, come nearer, choose, draw around. */

const CLICK = 5;
const STEP = 40;

/**
 * Listens on a canvas until the function that is given back is called.
 * @param {HTMLElement} canvas
 * @param {{turn: Function, pan: Function, zoom: Function, hover: Function, leave: Function, pick: Function, near: Function, reset: Function,
 *   draws: () => boolean, begin: Function, draw: Function, end: Function}} act
 */
export function gestures(canvas, act) {
  const held = new Map();
  let moved = 0;
  const place = event => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  function down(event) {
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, place(event));
    moved = held.size > 1 ? Infinity : 0;
    act.leave();
    if (act.draws() && held.size === 1) act.begin(place(event));
  }

  function move(event) {
    const to = place(event);
    const from = held.get(event.pointerId);
    if (!from) return act.hover(...to);
    moved += Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (held.size === 2) pinch(event.pointerId, from, to);
    else if (act.draws()) act.draw(to);
    else (event.shiftKey || event.buttons > 1 ? act.pan : act.turn)(to[0] - from[0], to[1] - from[1]);
    held.set(event.pointerId, to);
  }

  function pinch(moving, from, to) {
    const [, other] = [...held].find(([pointer]) => pointer !== moving);
    const apart = at => Math.hypot(at[0] - other[0], at[1] - other[1]);
    act.zoom(apart(to) / Math.max(1, apart(from)), (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
    act.pan((to[0] - from[0]) / 2, (to[1] - from[1]) / 2);
  }

  function up(event) {
    const was = held.delete(event.pointerId);
    if (!was || held.size) return;
    if (act.draws()) act.end();
    else if (moved < CLICK && event.button === 0) act.pick(...place(event));
  }

  const keys = {
    ArrowLeft: act.turn.bind(null, -STEP, 0), ArrowRight: act.turn.bind(null, STEP, 0), ArrowUp: act.turn.bind(null, 0, -STEP), ArrowDown: act.turn.bind(null, 0, STEP),
    '+': () => act.zoom(1.25), '=': () => act.zoom(1.25), '-': () => act.zoom(0.8), 0: () => act.reset(), Home: () => act.reset(), Enter: () => act.pick(),
  };
  const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.shiftKey && moves[event.key]) act.pan(...moves[event.key]);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  }

  const listeners = {
    pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: () => held.size || act.leave(), keydown: key,
    dblclick: event => act.near(...place(event)), contextmenu: event => event.preventDefault(),
    wheel: event => { event.preventDefault(); act.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), ...place(event)); },
  };
  Object.entries(listeners).forEach(([name, listener]) => canvas.addEventListener(name, listener, { passive: false }));
  return () => Object.entries(listeners).forEach(([name, listener]) => canvas.removeEventListener(name, listener));
}
