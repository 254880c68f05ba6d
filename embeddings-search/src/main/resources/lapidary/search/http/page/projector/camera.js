/** From where the points are seen: turned about a target, near or far, in space or pressed flat. */

const HALF_ANGLE = Math.tan((17.5 * Math.PI) / 180);
const STEEPEST = Math.PI / 2 - 0.02;
const FLIGHT_MILLIS = 550;
/** Around what is to be seen. */
const ROOM = 1.12;
const START = { yaw: 0.55, pitch: 0.3 };

const ease = share => 1 - (1 - share) ** 3;
const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Makes a camera.
 * @returns {Camera}
 * @typedef {ReturnType<typeof camera>} Camera
 */
export function camera() {
  const at = { target: [0, 0, 0], yaw: START.yaw, pitch: START.pitch, distance: 4, flat: 0 };
  let home = { middle: [0, 0, 0], reach: 1, halves: [1, 1, 1] };
  let flight = null;
  let size = { width: 1, height: 1 };

  const perPixel = () => (2 * at.distance * HALF_ANGLE) / size.height;
  const start = flat => {
    // The longest axis of what is wide and low goes along it, not away from the eye.
    const turned = flat ? { yaw: 0, pitch: 0 } : { ...START, yaw: START.yaw * Math.min(1, (1.5 * size.height) / size.width) };
    return { target: [...home.middle], distance: away(turned, flat), ...turned, flat };
  };

  /** From where all that the first view has to show is seen, however wide or high the picture is. */
  function away({ yaw, pitch }, flat) {
    const [x, y, z] = [home.halves[0], home.halves[1], home.halves[2] * (1 - flat)];
    const [across, deep] = [Math.hypot(x * Math.cos(yaw), z * Math.sin(yaw)), Math.hypot(x * Math.sin(yaw), z * Math.cos(yaw))];
    const high = Math.hypot(y * Math.cos(pitch), deep * Math.sin(pitch));
    const near = Math.hypot(y * Math.sin(pitch), deep * Math.cos(pitch));
    return (ROOM * Math.max(high, (across * size.height) / size.width)) / HALF_ANGLE + near;
  }

  /** Goes to a changed place, over a moment unless motion is not wanted. */
  function go(change, millis = FLIGHT_MILLIS) {
    const to = { ...at, ...change };
    flight = still() || !millis ? null : { from: { ...at, target: [...at.target] }, to, begun: 0, millis };
    if (!flight) Object.assign(at, to);
  }

  /** Moves on; whether there is more to come. @param {number} now */
  function step(now) {
    if (!flight) return false;
    flight.begun ||= now;
    const share = Math.min(1, (now - flight.begun) / flight.millis);
    const mix = (a, b) => a + (b - a) * ease(share);
    const { from, to } = flight;
    ['yaw', 'pitch', 'distance', 'flat'].forEach(name => { at[name] = mix(from[name], to[name]); });
    at.target = from.target.map((value, axis) => mix(value, to.target[axis]));
    if (share === 1) flight = null;
    return true;
  }

  function turn(across, up) {
    flight = null;
    if (at.flat > 0.5) return pan(across, up);
    at.yaw += (across / size.width) * 5;
    at.pitch = Math.max(-STEEPEST, Math.min(STEEPEST, at.pitch + (up / size.height) * 3.5));
  }

  function pan(across, up) {
    flight = null;
    const { right, top } = directions();
    at.target = at.target.map((value, axis) => value + perPixel() * (up * top[axis] - across * right[axis]));
  }

  /** Nearer by a factor, towards a place on the screen. */
  function zoom(factor, x = size.width / 2, y = size.height / 2) {
    flight = null;
    const distance = Math.max(home.reach * 0.004, Math.min(home.reach * 30, at.distance / factor));
    const share = 1 - distance / at.distance;
    pan((size.width / 2 - x) * share, (size.height / 2 - y) * share);
    at.distance = distance;
  }

  function directions() {
    const [sy, cy, sp, cp] = [Math.sin(at.yaw), Math.cos(at.yaw), Math.sin(at.pitch), Math.cos(at.pitch)];
    return { right: [cy, 0, -sy], top: [-sp * sy, cp, -sp * cy], near: [cp * sy, sp, cp * cy] };
  }

  /** What takes a place to the screen: [x, y, w] are sums of products with these rows; 4 by 4, column by column, for the graphics card. */
  function matrix() {
    const { right, top, near } = directions();
    const focus = 1 / HALF_ANGLE;
    const shift = row => -row.reduce((sum, value, axis) => sum + value * at.target[axis], 0);
    const across = right.map(value => (value * focus * size.height) / size.width);
    const upward = top.map(value => value * focus);
    const away4 = [...near.map(value => -value), at.distance - shift(near)];
    const [least, most] = [at.distance * 0.02, at.distance * 2 + home.reach * 40];
    const deep = away4.map((value, i) => (value * (most + least)) / (most - least) - (i === 3 ? (2 * most * least) / (most - least) : 0));
    const rows = [[...across, shift(across)], [...upward, shift(upward)], deep, away4];
    return Float32Array.from({ length: 16 }, (_, i) => rows[i % 4][Math.floor(i / 4)]);
  }

  return {
    at, turn, pan, zoom, step, matrix,
    isMoving: () => flight !== null,
    /** The size of the picture, in CSS pixels. */
    resize(width, height) { size = { width: Math.max(1, width), height: Math.max(1, height) }; },
    size: () => size,
    /** Looks at all of a cloud. */
    frame(of) {
      home = { middle: of.middle, reach: of.reach, halves: of.halves };
      go(start(at.flat > 0.5 ? 1 : 0), 0);
    },
    home: () => home,
    reset() { go(start((flight ? flight.to : at).flat > 0.5 ? 1 : 0)); },
    /** Presses the points flat, or lets them rise. */
    flatten(flat) { go(flat ? { ...start(1), flat: 1 } : start(0)); },
    isFlat: () => (flight ? flight.to : at).flat > 0.5,
    /** Flies to a place, near enough that what lies within a radius is seen; not farther from it than all of the cloud needs. */
    flyTo(place, radius) {
      const flat = (flight ? flight.to : at).flat;
      const distance = Math.min(start(flat).distance, Math.max(home.reach * 0.8, (1.3 * radius) / HALF_ANGLE));
      go({ target: [place[0], place[1], flat > 0.5 ? home.middle[2] : place[2]], distance: radius ? distance : Math.min(at.distance, distance) });
    },
  };
}
