// Elements and figures. Text only ever goes in as text: nothing in the console writes HTML.

/** An element. `props`: class, text, style, on<event>, data-*, aria-*, any attribute; false and null leave it out. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, props, children);
  return element;
}

export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, props, children);
  return element;
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'style') Object.entries(value).forEach(([key, one]) => element.style.setProperty(key, one));
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

const FOCUSABLE = 'button, a, [tabindex]';

/** Changes text only where it differs, so that a selection in it stays. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes `host`'s children those of `items`, keeping each element whose item did not change: focus, scrolling and selection stay.
 * `key(item)` names it, `form(item)` is all that its look depends on, `make(item)` draws it.
 */
export function keyed(host, items, key, form, make) {
  const known = host.keyedChildren ?? new Map();
  const next = new Map();
  const wanted = items.map((item) => {
    const [name, text] = [key(item), form(item)];
    const before = known.get(name);
    const one = before?.text === text ? before : { text, element: make(item) };
    if (before && before !== one) replace(before.element, one.element);
    next.set(name, one);
    return one.element;
  });
  host.keyedChildren = next;
  const kept = new Set(wanted);
  [...host.children].filter((child) => !kept.has(child)).forEach((child) => child.remove());
  // What stays is not touched: the browser keeps what is in sight where it is.
  let at = host.firstElementChild;
  for (const element of wanted) {
    if (element === at) at = at.nextElementSibling;
    else host.insertBefore(element, at);
  }
}

function replace(before, after) {
  const focused = before.contains(document.activeElement);
  before.replaceWith(after);
  if (focused) (after.matches(FOCUSABLE) ? after : after.querySelector(FOCUSABLE))?.focus({ preventScroll: true });
}

/** Milliseconds with two figures that mean something: 0.4 ms, 4.2 ms, 238 ms, 1.25 s. */
export function duration(millis) {
  if (millis > 0 && millis < 0.05) return '<0.1 ms';
  if (millis < 10) return `${trim(millis.toFixed(1))} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${trim((millis / 1000).toFixed(millis < 10_000 ? 2 : 1))} s`;
  return `${trim((millis / 60_000).toFixed(1))} min`;
}

function trim(figure) {
  return figure.includes('.') ? figure.replace(/\.?0+$/, '') : figure;
}

export function range(low, high) {
  const [one, other] = [duration(low), duration(high)];
  if (one === other) return one;
  const [figure, unit] = one.split(' ');
  return unit === other.split(' ')[1] ? `${figure}–${other}` : `${one} – ${other}`;
}

export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** Dollars for a million of something that costs `dollars` a million. */
export function perMillion(dollars) {
  if (dollars === 0) return '';
  return dollars < 0.01 ? '<$0.01' : `$${dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** The time of day, with the day before it where that is not today. */
export function clock(iso) {
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB', { hour12: false });
  return at.toDateString() === new Date().toDateString() ? time : `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`;
}

/** A button that puts `text` on the clipboard; where the browser has none, it selects what stands before it. */
export function copier(text, what) {
  const button = el('button', { type: 'button', class: 'copy', text: 'Copy', 'aria-label': `Copy ${what}` });
  button.addEventListener('click', async (event) => {
    event.stopPropagation();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling ?? button.parentElement);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return button;
}

/** A line for a terminal, to be copied. */
export function command(text) {
  return el('div', { class: 'command' }, el('code', { text }), copier(text, text));
}
