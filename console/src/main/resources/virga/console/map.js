// The service map: resources are buttons, laid out by dagre from left to right; arrows are one SVG beneath them.
import { count, duration, el, range, svg } from './dom.js';

const NODE = { width: 176, height: 66 };
const LABEL = { width: 60, height: 18 };
const SMALLEST = 0.72;

const KINDS = {
  CLIENT: ['client', 'Client'],
  API: ['api', 'API'],
  FUNCTION: ['function', 'Function'],
  QUEUE: ['queue', 'Queue'],
  TOPIC: ['topic', 'Topic'],
  BUS: ['bus', 'Event bus'],
  SCHEDULE: ['schedule', 'Schedule'],
  TABLE: ['table', 'Table'],
  BUCKET: ['bucket', 'Bucket'],
  STATE_MACHINE: ['machine', 'State machine'],
  LOG_GROUP: ['logs', 'Log group'],
  OTHER: ['other', 'Service'],
};

// Drawn in a box of 16 by 16, with lines.
const GLYPHS = {
  client: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.6c.5-2.6 2.5-4 5-4s4.5 1.4 5 4',
  api: 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4M9 3.2 7 12.8',
  function: 'M4.2 3h1.6c.8 0 1.2.4 1.5 1.1L11 13h1.4M7.6 6.6 4 13',
  queue: 'M2.5 4.5h11v7h-11zM6.2 4.5v7M9.8 4.5v7',
  topic: 'M3 6.5v3h2l5 3v-9l-5 3zM12.5 6.2c.8 1.1.8 2.5 0 3.6',
  bus: 'M2 8h12M5 8V4M11 8V4M8 8v4M3.8 4h2.4M9.8 4h2.4M6.8 12h2.4',
  schedule: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  bucket: 'M2.8 4.2h10.4l-1.4 9H4.2zM2.8 4.2C4 2.6 12 2.6 13.2 4.2',
  machine: 'M6 2.5h4v3H6zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM8 5.5v2.5M4.5 10.5V8h7v2.5',
  logs: 'M3.5 2.5h9v11h-9zM5.8 5.5h4.4M5.8 8h4.4M5.8 10.5h2.4',
  other: 'M8 2.4 13 5.2v5.6L8 13.6 3 10.8V5.2z',
};

/** Draws `map` into `host`. `state`: {selected: id, touched: Set of ids or null}; `choose(node)` when one is clicked. */
export function drawMap(host, map, state, choose) {
  const focused = document.activeElement?.dataset?.node;
  if (map.nodes.length === 0) {
    host.replaceChildren(empty());
    return;
  }
  const graph = layout(map);
  const { width, height } = graph.graph();
  const space = host.clientWidth - 32;
  const scale = Math.max(SMALLEST, Math.min(1, space / width));
  const board = el('div', {
    class: 'board',
    style: { width: `${width}px`, height: `${height}px`, transform: `scale(${scale})` },
  }, arrows(map, graph, width, height, state));
  map.nodes.forEach((node) => board.append(card(node, graph.node(node.id), state, choose)));
  const frame = el('div', { class: 'frame', style: { width: `${width * scale}px`, height: `${height * scale}px` } }, board);
  const scrolled = host.scrollLeft;
  host.replaceChildren(frame);
  host.scrollLeft = scrolled;
  if (focused) [...host.querySelectorAll('[data-node]')].find((one) => one.dataset.node === focused)?.focus();
}

function layout(map) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 14, edgesep: 14, marginx: 2, marginy: 4 });
  map.nodes.forEach((node) => graph.setNode(node.id, { ...NODE }));
  map.edges.forEach((edge) => graph.setEdge(edge.from, edge.to, { ...LABEL, labelpos: 'c' }));
  dagre.layout(graph);
  return graph;
}

function arrows(map, graph, width, height, state) {
  const drawing = svg('svg', { class: 'arrows', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  map.edges.forEach((edge) => {
    const failed = edge.errors + edge.faults > 0;
    const dim = state.touched && !(state.touched.has(edge.from) && state.touched.has(edge.to));
    const place = graph.edge(edge.from, edge.to);
    const points = place.points;
    const group = svg('g', { class: `edge${failed ? ' failed' : ''}${dim ? ' dim' : ''}` });
    group.append(svg('path', { class: 'line', d: curve(points) }), svg('path', { class: 'head', d: head(points) }));
    const text = svg('text', { x: place.x, y: place.y - 5, 'text-anchor': 'middle' });
    text.append(
      svg('tspan', { class: 'calls', text: failed ? `${edge.errors + edge.faults}/${edge.calls} failed` : `${edge.calls.toLocaleString('en')}×` }));
    const times = svg('text', { class: 'times', x: place.x, y: place.y + 13, 'text-anchor': 'middle', text: range(edge.p50Millis, edge.p95Millis) });
    group.append(text, times);
    drawing.append(group);
  });
  return drawing;
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

function card(node, place, state, choose) {
  const [kind, words] = KINDS[node.kind] ?? KINDS.OTHER;
  const failed = node.errors + node.faults;
  const dim = state.touched && !state.touched.has(node.id);
  const client = node.kind === 'CLIENT';
  const told = client ? '' : `${count(node.calls, node.kind === 'FUNCTION' ? 'invocation' : 'call')}, ${failed} failed, `
    + `p50 ${duration(node.p50Millis)}, p95 ${duration(node.p95Millis)}`;
  return el('button', {
    type: 'button',
    class: `node ${kind}${failed > 0 ? ' failed' : ''}${dim ? ' dim' : ''}`,
    'data-node': node.id,
    'aria-pressed': String(state.selected === node.id),
    'aria-label': `${words} ${node.name}${told ? `: ${told}` : ''}`,
    title: `${words} ${node.name}\n${told}`,
    style: { left: `${place.x - NODE.width / 2}px`, top: `${place.y - NODE.height / 2}px`, width: `${NODE.width}px`, height: `${NODE.height}px` },
    onclick: () => choose(node),
  },
  glyph(kind),
  el('span', { class: 'words' },
    el('span', { class: 'name', text: client ? 'Client' : node.name }),
    el('span', { class: 'figures' }, ...(client ? [el('span', { text: 'outside requests' })] : figures(node, failed))),
    client ? null : el('span', { class: 'times', text: node.calls ? quantiles(node.p50Millis, node.p95Millis) : words })));
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

function glyph(kind) {
  return el('span', { class: 'glyph' }, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: GLYPHS[kind] })));
}

function empty() {
  return el('div', { class: 'empty' },
    el('p', { class: 'empty-title', text: 'Nothing has happened here yet' }),
    el('p', { text: 'Deploy an application and send it a request. The map draws itself from what really happens.' }),
    el('pre', {}, el('code', { text: './virga deploy examples/orders' })));
}
