/** What the graphics card does with points and lines. */

const PLACE = `
uniform mat4 matrix;
uniform vec3 scale;
uniform vec3 offset;
uniform float flatness;
uniform float middle;
vec4 seen(vec3 at) { return matrix * vec4(at.xy, mix(at.z, middle, flatness), 1.0); }
`;

/** Codes are looked up in a texture: colour and whether shown in its first row, shape in its second. */
export const POINTS_VERTEX = `
precision highp float;
precision highp int;
in vec4 point;
uniform highp sampler2D palette;
uniform float size;
uniform float focus;
uniform float reach;
uniform float dim;
uniform vec3 ground;
out vec3 colour;
flat out float shape;
${PLACE}
void main() {
  int code = int(point.w * 65535.0 + 0.5);
  vec4 paint = texelFetch(palette, ivec2(code, 0), 0);
  shape = texelFetch(palette, ivec2(code, 1), 0).r * 255.0;
  gl_Position = seen(point.xyz * scale + offset);
  float depth = clamp((gl_Position.w - focus) / (2.2 * reach) + 0.5, 0.0, 1.0);
  colour = mix(mix(paint.rgb, ground, 0.62 * depth * (1.0 - flatness)), ground, dim);
  gl_PointSize = clamp(size * focus / gl_Position.w, 1.5, 6.0 * size) * (shape > 0.5 ? 1.15 : 1.0);
  if (paint.a < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}`;

/** Discs with a soft rim; squares, triangles and diamonds for the labels beyond eight. */
export const POINTS_FRAGMENT = `
precision mediump float;
in vec3 colour;
flat in float shape;
uniform float ring;
uniform vec3 edge;
uniform float soft;
out vec4 drawn;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float far = shape < 0.5 ? length(at)
    : shape < 1.5 ? max(abs(at.x), abs(at.y)) * 1.2
    : shape < 2.5 ? max(abs(at.x) * 1.75 - at.y * 0.95, at.y * 1.6) + 0.05
    : (abs(at.x) + abs(at.y)) * 1.02;
  float inside = soft > 0.0 ? 1.0 - smoothstep(1.0 - soft, 1.0, far) : step(far, 1.0);
  if (inside < 0.02) discard;
  vec3 lit = colour * (1.06 - 0.22 * far * far);
  drawn = vec4(mix(lit, edge, ring * smoothstep(0.62, 0.72, far)), inside);
}`;

export const LINES_VERTEX = `
precision highp float;
in vec3 position;
${PLACE}
void main() { gl_Position = seen(position); }`;

export const LINES_FRAGMENT = `
precision mediump float;
uniform vec3 colour;
uniform float strength;
out vec4 drawn;
void main() { drawn = vec4(colour, strength); }`;
