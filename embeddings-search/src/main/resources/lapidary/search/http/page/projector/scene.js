/** Draws a cloud by three.js: all points in one call, those that are lit in a second one, and a few lines. */

import {
  BufferAttribute, BufferGeometry, Camera, DataTexture, GLSL3, LineSegments, NearestFilter, Points, RawShaderMaterial, Scene, WebGLRenderer,
} from '../three/three.module.min.js';
import { LINES_FRAGMENT, LINES_VERTEX, POINTS_FRAGMENT, POINTS_VERTEX } from './shaders.js';
import { sizes, SMOOTHED } from './sizes.js';

/**
 * Makes a scene.
 * @param {HTMLCanvasElement} canvas
 * @param {import('./cloud.js').Cloud} cloud
 * @returns what draws it; `close` frees what the graphics card holds
 */
export function scene(canvas, cloud) {
  const smooth = cloud.count <= SMOOTHED;
  const renderer = new WebGLRenderer({ canvas, antialias: smooth, alpha: true, powerPreference: 'high-performance' });
  const root = new Scene();
  root.matrixWorldAutoUpdate = false;
  const eye = new Camera();
  const shared = {
    matrix: { value: new Float32Array(16) }, scale: { value: cloud.scale }, offset: { value: cloud.offset }, flatness: { value: 0 },
    middle: { value: cloud.middle[2] }, focus: { value: 1 }, reach: { value: cloud.reach }, ground: { value: [1, 1, 1] }, edge: { value: [0, 0, 0] },
    palette: { value: texture(new Uint8Array(256 * 4)) }, soft: { value: 0 },
  };
  const attribute = new BufferAttribute(cloud.packed, 4, true);
  const all = points(attribute, shared, smooth);
  const lit = points(attribute, shared, smooth);
  lit.visible = false;
  lit.material.depthTest = false;
  const axes = lines(shared, 0.9);
  const near = lines(shared, 0.8);
  near.material.depthTest = false;
  root.add(axes, all, near, lit);
  let ratio = 1;

  /** @returns {number} the share of the points that were drawn: all */
  function draw(view) {
    shared.matrix.value.set(view.matrix());
    shared.flatness.value = view.at.flat;
    shared.focus.value = view.at.distance;
    const size = sizes(cloud, view, ratio);
    all.material.uniforms.size.value = lit.visible ? size.dimmed : size.all;
    lit.material.uniforms.size.value = size.lit;
    all.material.uniforms.dim.value = lit.visible ? 0.72 : 0;
    shared.soft.value = smooth ? Math.min(0.5, 1.6 / size.all) : 0;
    renderer.render(root, eye);
    return 1;
  }

  function resize(width, height) {
    ratio = Math.min(devicePixelRatio || 1, cloud.count > 400000 ? 1 : 2);
    renderer.setPixelRatio(ratio);
    renderer.setSize(width, height, false);
  }

  /** Lights some points up, and dims the others; null: none is. @param {Uint32Array|null} indices */
  function light(indices) {
    lit.visible = Boolean(indices?.length);
    lit.geometry.setIndex(indices?.length ? new BufferAttribute(indices, 1) : null);
  }

  /** Lines from a place to others. @param {number[][]} ends two for each line */
  const join = (which, ends) => {
    which.visible = ends.length > 0;
    which.geometry.setAttribute('position', new BufferAttribute(new Float32Array(ends.flat()), 3));
  };

  return {
    draw, resize, light,
    axes: ends => join(axes, ends),
    neighbours: ends => join(near, ends),
    /** Codes were changed. */
    repaint() { attribute.needsUpdate = true; },
    /** @param {Uint8Array} table colours and shapes of 256 codes, four bytes each */
    palette(table) {
      shared.palette.value.dispose();
      shared.palette.value = texture(table);
    },
    /** @param {{ground: number[], line: number[], ink: number[], accent: number[]}} theme red, green and blue, each 0..1 */
    theme({ ground, line, ink, accent }) {
      shared.ground.value = ground;
      shared.edge.value = ink;
      axes.material.uniforms.colour.value = line;
      near.material.uniforms.colour.value = accent;
    },
    close() {
      [all, lit, axes, near].forEach(each => { each.geometry.dispose(); each.material.dispose(); });
      shared.palette.value.dispose();
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}

function points(attribute, shared, smooth) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('point', attribute);
  // There is no attribute of positions that three.js could reckon from.
  geometry.setDrawRange(0, attribute.count);
  const own = { size: { value: 3 }, dim: { value: 0 }, ring: { value: 0 } };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3, vertexShader: POINTS_VERTEX, fragmentShader: POINTS_FRAGMENT, uniforms: { ...shared, ...own }, alphaToCoverage: smooth,
  });
  return unculled(new Points(geometry, material));
}

function lines(shared, strength) {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(0), 3));
  const own = { colour: { value: [0, 0, 0] }, strength: { value: strength } };
  const material = new RawShaderMaterial({
    glslVersion: GLSL3, vertexShader: LINES_VERTEX, fragmentShader: LINES_FRAGMENT, uniforms: { ...shared, ...own }, transparent: true,
  });
  return unculled(new LineSegments(geometry, material));
}

function unculled(object) {
  object.frustumCulled = false;
  return object;
}

function texture(table) {
  const made = new DataTexture(table, 256, 1);
  made.minFilter = made.magFilter = NearestFilter;
  made.needsUpdate = true;
  return made;
}
