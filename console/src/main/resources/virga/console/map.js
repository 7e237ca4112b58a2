// The service map: resources are buttons on a board, arrows are one SVG beneath them. What stays the same stays where it is.
import { environmentOption, nothingYet } from './empty.js';
import { count, duration, el, keyed, range, svg } from './dom.js';
import { glyph, kindOf, namesOf } from './kinds.js';
import { layoutOf, middle } from './layout.js';
import { View } from './view.js';

const LONGEST_NAME = 30;
let board = null;
let drawn = '';
let again = () => {};

/** Draws `map` into `frame`, buttons to zoom into `buttons`. `selected`: an id or ''; `choose(node)` when one is clicked. */
export function drawMap(frame, buttons, map, selected, choose) {
  again = () => drawMap(frame, buttons, map, selected, choose);
  buttons.hidden = map.nodes.length === 0;
  if (map.nodes.length === 0) {
    const key = environmentOption() + location.hash;
    if (drawn !== key) frame.replaceChildren(nothingYet());
    frame.removeAttribute('tabindex');
    drawn = key;
    return;
  }
  board ??= begin(frame, buttons);
  if (board.element.parentElement !== frame) {
    frame.replaceChildren(board.element);
    frame.setAttribute('tabindex', '0');
    drawn = '';
  }
  const names = namesOf(map.nodes);
  const layout = layoutOf(map, names, { width: frame.clientWidth, height: frame.clientHeight });
  const near = selected && names.has(selected) ? neighbours(map, selected) : null;
  board.layout = layout;
  drawArrows(map, layout, selected, near);
  keyed(board.cards, ordered(map.nodes, layout), (node) => node.id,
    (node) => JSON.stringify([node, names.get(node.id), layout.nodes.get(node.id).width, selected === node.id]),
    (node) => card(node, names, map, layout, selected, choose));
  map.nodes.forEach((node) => place(board.cards.keyedChildren.get(node.id).element, layout.nodes.get(node.id), near && !near.has(node.id)));
  board.view.resize(layout.width, layout.height);
}

export function refit() {
  if (board?.element.isConnected) again();
}

function begin(frame, buttons) {
  const arrows = svg('svg', { class: 'arrows', 'aria-hidden': 'true' });
  const cards = el('div', { class: 'cards' });
  const element = el('div', { class: 'board' }, arrows, cards);
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Service map. Arrow keys move it, plus and minus zoom, 0 fits it; Tab goes from resource to resource.');
  const made = { element, arrows, cards, view: new View(frame, element, buttons), layout: null, edges: new Map(), key: '' };
  cards.addEventListener('focusin', (event) => {
    const id = event.target.dataset.node;
    if (id && event.target.matches(':focus-visible')) made.view.reveal(made.layout.nodes.get(id));
  });
  return made;
}

function neighbours(map, id) {
  const near = new Set([id]);
  map.edges.forEach((edge) => {
    if (edge.from === id) near.add(edge.to);
    if (edge.to === id) near.add(edge.from);
  });
  return near;
}

/** As people read them, so that Tab goes along. */
function ordered(nodes, layout) {
  return [...nodes].sort((a, b) => {
    const [one, other] = [layout.nodes.get(a.id), layout.nodes.get(b.id)];
    return one.x - other.x || one.y - other.y;
  });
}

function place(element, at, dim) {
  element.style.setProperty('transform', `translate(${at.x - at.width / 2}px, ${at.y - at.height / 2}px)`);
  element.classList.toggle('dim', Boolean(dim));
}

function drawArrows(map, layout, selected, near) {
  if (board.key !== layout.key) {
    board.key = layout.key;
    board.arrows.setAttribute('width', layout.width);
    board.arrows.setAttribute('height', layout.height);
    board.edges = new Map(map.edges.map((edge) => [`${edge.from} ${edge.to}`, arrow(layout.edges.get(`${edge.from} ${edge.to}`), layout.direction)]));
    board.arrows.replaceChildren(...[...board.edges.values()].map((one) => one.group));
  }
  map.edges.forEach((edge) => {
    const { group, calls, times } = board.edges.get(`${edge.from} ${edge.to}`);
    const failed = edge.errors + edge.faults;
    const touched = near && (edge.from === selected || edge.to === selected);
    group.setAttribute('class', `edge${failed > 0 ? ' failed' : ''}${near ? (touched ? ' touched' : ' dim') : ''}`);
    calls.textContent = failed > 0 ? `${failed}/${edge.calls.toLocaleString('en')} failed` : `${edge.calls.toLocaleString('en')}×`;
    times.textContent = range(edge.p50Millis, edge.p95Millis);
  });
}

/** Words stand above and below an arrow that goes to the right, and beside one that goes down. */
function arrow({ points, x, y }, direction) {
  const at = direction === 'LR' ? { x, 'text-anchor': 'middle' } : { x: x + 9, 'text-anchor': 'start' };
  const calls = svg('text', { class: 'calls', ...at, y: y - (direction === 'LR' ? 5 : 3) });
  const times = svg('text', { class: 'times', ...at, y: y + (direction === 'LR' ? 13 : 11) });
  const group = svg('g', { class: 'edge' }, svg('path', { class: 'line', d: curve(points) }), svg('path', { class: 'head', d: head(points) }), calls, times);
  return { group, calls, times };
}

/** Through the points, rounded: each inner point pulls the line, its middles are on it. */
function curve(points) {
  const [first, ...rest] = points;
  let path = `M${first.x} ${first.y}`;
  for (let i = 0; i < rest.length - 1; i++) {
    const [at, next] = [rest[i], rest[i + 1]];
    const end = i === rest.length - 2 ? next : { x: (at.x + next.x) / 2, y: (at.y + next.y) / 2 };
    path += ` Q${at.x} ${at.y} ${end.x} ${end.y}`;
  }
  return path;
}

function head(points) {
  const [from, to] = points.slice(-2);
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const at = (turn, length) => `${to.x - length * Math.cos(angle + turn)} ${to.y - length * Math.sin(angle + turn)}`;
  return `M${at(0.42, 8)} L${to.x} ${to.y} L${at(-0.42, 8)}`;
}

function card(node, names, map, layout, selected, choose) {
  const [kind, words] = kindOf(node);
  const name = names.get(node.id);
  const failed = node.errors + node.faults;
  const client = node.kind === 'CLIENT';
  const told = client ? '' : `${count(node.calls, node.kind === 'FUNCTION' ? 'invocation' : 'call')}, ${failed} failed, `
    + `p50 ${duration(node.p50Millis)}, p95 ${duration(node.p95Millis)}`;
  const calls = map.edges.filter((edge) => edge.from === node.id).map((edge) => names.get(edge.to));
  const at = layout.nodes.get(node.id);
  return el('button', {
    type: 'button',
    class: `node ${kind}${failed > 0 ? ' failed' : ''}`,
    'data-node': node.id,
    'aria-pressed': String(selected === node.id),
    'aria-label': `${words} ${name}${told ? `: ${told}` : ''}${calls.length > 0 ? `; goes on to ${calls.join(', ')}` : ''}`,
    title: client ? 'Requests from outside' : [`${words} ${node.name}`, node.stack && `${node.label} in stack ${node.stack}`, told].filter(Boolean).join('\n'),
    style: { width: `${at.width}px`, height: `${at.height}px` },
    onclick: () => choose(node),
  },
  glyph(kind),
  el('span', { class: 'words' },
    el('span', { class: 'name' }, ...breakable(middle(name, LONGEST_NAME))),
    el('span', { class: 'figures' }, ...(client ? [el('span', { text: 'from outside' })] : figures(node, failed))),
    client ? null : el('span', { class: 'times', text: node.calls ? quantiles(node.p50Millis, node.p95Millis) : words })));
}

/** A name that may go on in the next line where a word of it ends. */
function breakable(name) {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[-_./])/).flatMap((word, i) => (i === 0 ? [word] : [el('wbr'), word]));
}

/** Short enough for a card: the unit stands once where it can. */
function quantiles(p50, p95) {
  const [low, high] = [duration(p50), duration(p95)];
  const [figure, unit] = low.split(' ');
  return `p50 ${unit === high.split(' ')[1] ? figure : low} · p95 ${high}`;
}

function figures(node, failed) {
  const calls = el('span', { text: count(node.calls, 'call') });
  return failed > 0 ? [calls, el('span', { class: 'bad', text: `${failed} failed` })] : [calls];
}
