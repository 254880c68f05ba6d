/** Takes a photo with the camera of a computer; phones have a program of their own for that. */

import { h, replace } from '../core/dom.js';
import { icon } from './icons.js';
import { trouble } from './messages.js';

const REASONS = {
  NotAllowedError: ['The camera may not be used.', 'Allow it for this page in the browser, then try again.'],
  NotFoundError: ['There is no camera.', 'Connect one, or choose a file.'],
  NotReadableError: ['Another program uses the camera.', 'Close that program, then try again.'],
};
const UNKNOWN = ['The camera does not start.', 'Try again, or choose a file.'];

/** Whether the browser gives cameras to this page at all; over plain HTTP it gives none but on the same machine. */
export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Makes the dialog.
 * @param {{onphoto: (photo: File) => void, onchoose: () => void}} tells `onchoose`: a file is wanted instead
 * @returns {{element: HTMLDialogElement, open: () => Promise<void>}}
 */
export function cameraDialog({ onphoto, onchoose }) {
  const film = h('video', { muted: true, playsinline: true, 'aria-label': 'What the camera sees' });
  const place = h('div.camera-place', {}, film);
  const take = h('button.go', { type: 'button', onclick: () => photograph() }, icon('camera'), 'Take the photo');
  const choose = h('button.quiet', { type: 'button', onclick: () => { element.close(); onchoose(); } }, 'Choose a file');
  const element = h('dialog.camera-dialog', { 'aria-label': 'Take a photo', onclose: () => stop() },
    h('div.dialog-head', {}, h('h1', {}, 'Take a photo'), h('button.round', { type: 'button', 'aria-label': 'Close', onclick: () => element.close() }, icon('close'))),
    place, h('div.row', {}, take, choose));
  let stream = null;

  async function open() {
    if (!element.open) element.showModal();
    replace(place, film);
    take.disabled = true;
    try {
      const came = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (!element.open) return end(came);
      stream = came;
      film.srcObject = stream;
      await film.play();
      take.disabled = false;
    } catch (failure) {
      const [sentence, way] = REASONS[failure.name] || UNKNOWN;
      replace(place, trouble({ message: sentence, way }, { retry: open }));
    }
  }

  /** As it is seen, in the camera's own size. */
  function photograph() {
    const paper = h('canvas', { width: film.videoWidth, height: film.videoHeight });
    paper.getContext('2d').drawImage(film, 0, 0);
    paper.toBlob(blob => {
      element.close();
      onphoto(new File([blob], `photo-${Date.now()}.jpg`, { type: blob.type }));
    }, 'image/jpeg', 0.92);
  }

  function stop() {
    if (stream) end(stream);
    stream = null;
    film.srcObject = null;
  }

  return { element, open };
}

/** The camera's light goes out. */
const end = stream => stream.getTracks().forEach(track => track.stop());
