// A board that is larger than its frame: fitted into it, zoomed and moved by mouse, finger and keyboard.
import { el, say } from './dom.js';

const SMALLEST = 0.15;
const LARGEST = 2;
const STEP = 1.25;
const FAR = 0.62;
const KEY_PIXELS = 60;
/** Room beside what is brought into sight. */
const MARGIN = 24;

export class View {
  constructor(frame, board, buttons) {
    Object.assign(this, { frame, board, x: 0, y: 0, scale: 1, width: 0, height: 0, fitted: true });
    this.percent = el('span', { class: 'percent', 'aria-live': 'off' });
    buttons.replaceChildren(
      el('button', { type: 'button', class: 'quiet icon', text: '−', 'aria-label': 'Zoom out', onclick: () => this.zoom(1 / STEP) }),
      this.percent,
      el('button', { type: 'button', class: 'quiet icon', text: '+', 'aria-label': 'Zoom in', onclick: () => this.zoom(STEP) }),
      el('button', { type: 'button', class: 'quiet', text: 'Fit', 'aria-label': 'Fit the map into its frame', onclick: () => this.fit() }));
    frame.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    frame.addEventListener('pointerdown', (event) => this.drag(event));
    frame.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => { if (this.fitted) this.fit(); }).observe(frame);
  }

  /** The board's own size; a fitted view stays fitted. */
  resize(width, height) {
    if (this.width === width && this.height === height) return;
    Object.assign(this, { width, height });
    if (this.fitted) this.fit();
  }

  fit() {
    const { clientWidth, clientHeight } = this.frame;
    if (!this.width || !clientWidth) return;
    this.scale = Math.max(SMALLEST, Math.min(1.1, (clientWidth - 2 * MARGIN) / this.width, (clientHeight - 2 * MARGIN) / this.height));
    this.x = (clientWidth - this.width * this.scale) / 2;
    this.y = (clientHeight - this.height * this.scale) / 2;
    this.fitted = true;
    this.apply();
  }

  zoom(factor, x = this.frame.clientWidth / 2, y = this.frame.clientHeight / 2) {
    const scale = Math.max(SMALLEST, Math.min(LARGEST, this.scale * factor));
    this.x = x - (x - this.x) * (scale / this.scale);
    this.y = y - (y - this.y) * (scale / this.scale);
    this.scale = scale;
    this.fitted = false;
    this.apply();
  }

  move(x, y) {
    this.x += x;
    this.y += y;
    this.fitted = false;
    this.apply();
  }

  /** Brings a place on the board into sight. */
  reveal(place) {
    const left = this.x + (place.x - place.width / 2) * this.scale;
    const top = this.y + (place.y - place.height / 2) * this.scale;
    const right = left + place.width * this.scale;
    const bottom = top + place.height * this.scale;
    const into = (low, high, most) => (low < MARGIN ? MARGIN - low : high > most - MARGIN ? most - MARGIN - high : 0);
    const [x, y] = [into(left, right, this.frame.clientWidth), into(top, bottom, this.frame.clientHeight)];
    if (x || y) this.move(x, y);
  }

  apply() {
    // Nothing of the board may be lost out of sight.
    const { clientWidth, clientHeight } = this.frame;
    this.x = Math.min(clientWidth - 80, Math.max(80 - this.width * this.scale, this.x));
    this.y = Math.min(clientHeight - 60, Math.max(60 - this.height * this.scale, this.y));
    this.board.style.setProperty('transform', `translate(${this.x}px, ${this.y}px) scale(${this.scale})`);
    this.board.style.setProperty('--name-size', `${Math.round(Math.min(22, 13 * Math.max(1, 0.8 / this.scale)))}px`);
    this.frame.classList.toggle('far', this.scale < FAR);
    say(this.percent, `${Math.round(this.scale * 100)} %`);
  }

  wheel(event) {
    if (!this.board.isConnected) return;
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.move(-(event.deltaX || event.deltaY), 0);
      return;
    }
    const box = this.frame.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.03 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
  }

  drag(event) {
    if (event.button !== 0 || event.target.closest('button, a, .empty')) return;
    let [x, y] = [event.clientX, event.clientY];
    const moved = (next) => {
      this.move(next.clientX - x, next.clientY - y);
      [x, y] = [next.clientX, next.clientY];
    };
    this.frame.setPointerCapture(event.pointerId);
    this.frame.classList.add('held');
    this.frame.addEventListener('pointermove', moved);
    const released = () => {
      this.frame.removeEventListener('pointermove', moved);
      this.frame.classList.remove('held');
    };
    this.frame.addEventListener('pointerup', released, { once: true });
    this.frame.addEventListener('pointercancel', released, { once: true });
  }

  key(event) {
    if (!this.board.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (moves) this.move(moves[0] * KEY_PIXELS, moves[1] * KEY_PIXELS);
    else if (event.key === '+' || event.key === '=') this.zoom(STEP);
    else if (event.key === '-') this.zoom(1 / STEP);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  }
}
