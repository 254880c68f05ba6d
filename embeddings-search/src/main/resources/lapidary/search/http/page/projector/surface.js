/** What draws the points: a graphics card by WebGL; where there is none, or only software that plays one, the processor itself, which is quicker at it. */

const PLAYED = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Finds what suits this machine; three.js is loaded only where it is used.
 * @returns {Promise<typeof import('./scene.js').scene>}
 */
export async function surface() {
  return hasCard() ? (await import('./scene.js')).scene : (await import('./paper.js')).paper;
}

function hasCard() {
  const context = document.createElement('canvas').getContext('webgl2');
  if (!context) return false;
  const told = context.getExtension('WEBGL_debug_renderer_info');
  const name = context.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !PLAYED.test(name);
}
