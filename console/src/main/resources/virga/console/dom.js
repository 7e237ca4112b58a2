// Elements and figures. Text only ever goes in as text: nothing in the console writes HTML.

/** An element. `props`: class, text, on<event>, data-*, aria-*, any attribute; false and null leave it out. */
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

/** Milliseconds with two figures that mean something: 0.4 ms, 4.2 ms, 238 ms, 1.25 s. */
export function duration(millis) {
  if (millis < 10) return `${trim(millis.toFixed(1))} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${trim((millis / 1000).toFixed(2))} s`;
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

/** Dollars for a million of something that costs `dollars`. */
export function perMillion(dollars) {
  const million = dollars;
  if (million === 0) return '';
  return million < 0.01 ? '<$0.01' : `$${million.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

export function clock(iso) {
  const at = new Date(iso);
  return at.toLocaleTimeString('en-GB', { hour12: false });
}

