// The resource that was chosen on the map: its whole name, how it fared, what it calls and is called by, and the commands for it.
import { environmentOption } from './empty.js';
import { command, copier, count, duration, el } from './dom.js';
import { glyph, kindOf, namesOf } from './kinds.js';

/** Draws it into `host`; nothing where none is chosen. `move(changes)` goes elsewhere. */
export function drawResource(host, map, id, move) {
  const node = map.nodes.find((one) => one.id === id);
  const edges = map.edges.filter((edge) => edge.from === id || edge.to === id);
  const text = id ? JSON.stringify([id, node, edges]) : '';
  if (host.drawnText === text) return;
  host.drawnText = text;
  host.hidden = !id;
  if (!id) {
    host.replaceChildren();
    return;
  }
  const names = namesOf(map.nodes);
  host.replaceChildren(
    heading(node, names.get(id) ?? id, () => move({ resource: '' })),
    ...(node ? body(node, edges, names, move) : [el('p', { class: 'none', text: 'Nothing touched it in the time shown.' })]));
}

function heading(node, name, close) {
  const [kind, words] = node ? kindOf(node) : ['other', 'Resource'];
  return el('div', { class: `resource-head ${kind}` }, glyph(kind),
    el('div', { class: 'words' }, el('h2', { text: name }), el('span', { class: 'soft', text: node?.stack ? `${words} in stack ${node.stack}` : words })),
    el('button', { type: 'button', class: 'quiet icon', text: '×', 'aria-label': 'Close the details', onclick: close }));
}

function body(node, edges, names, move) {
  if (node.kind === 'CLIENT') return [list('Calls', edges.map((edge) => [edge.to, edge]), names, move)];
  const failed = node.errors + node.faults;
  const tiles = [
    [node.kind === 'FUNCTION' ? 'invocations' : 'calls', node.calls.toLocaleString('en')],
    ['failed', failed ? `${failed} (${Math.round((100 * failed) / node.calls)} %)` : '0', failed > 0],
    ['throttled', String(node.throttles), node.throttles > 0],
    ['p50', duration(node.p50Millis)], ['p95', duration(node.p95Millis)], ['p99', duration(node.p99Millis)],
  ];
  const incoming = edges.filter((edge) => edge.to === node.id).map((edge) => [edge.from, edge]);
  const outgoing = edges.filter((edge) => edge.from === node.id).map((edge) => [edge.to, edge]);
  return [
    el('dl', { class: 'tiles' }, ...tiles.map(([name, value, bad]) =>
      el('div', {}, el('dt', { text: name }), el('dd', { class: bad ? 'bad' : null, text: value })))),
    el('div', { class: 'arn' }, el('code', { text: node.id }), copier(node.id, 'the ARN')),
    incoming.length > 0 ? list('From', incoming, names, move) : null,
    outgoing.length > 0 ? list('To', outgoing, names, move) : null,
    node.kind === 'FUNCTION' ? command(`./virga logs ${node.name} --follow${environmentOption()}`) : null,
  ].filter(Boolean);
}

function list(title, ends, names, move) {
  return el('div', { class: 'ends' }, el('h3', { text: title }), el('ul', {}, ...ends.map(([id, edge]) => {
    const failed = edge.errors + edge.faults;
    return el('li', {},
      el('button', { type: 'button', class: 'link', text: names.get(id), onclick: () => move({ resource: id }) }),
      el('span', { class: failed ? 'bad' : 'soft', text: failed ? `${failed} of ${edge.calls} failed` : count(edge.calls, 'call') }));
  })));
}
