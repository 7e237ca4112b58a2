// One trace: its figures, what failed, and every hop with its place in time; or all its log lines in one list.
import { addressOf, chosen } from './address.js';
import { clock, copier, count, duration, el, keyed, perMillion } from './dom.js';
import { environmentOption, noTrace } from './empty.js';
import { failed, hopsOf, isFunction, messageOf, outcomeOf, titleOf } from './hops.js';
import { logList } from './logs.js';

const MOST_FAILURES = 4;
const closed = new Set();
let known = { body: null, hops: [] };
let drawn = '';

/** Draws `read` ({json, body}) into `host`, its figures into `head`. Answers the hop that is chosen, if it is there. */
export function drawTrace(head, host, read, move) {
  if (!read.json) {
    known = { body: null, hops: [] };
    head.replaceChildren(el('h2', { id: 'trace-title', text: 'Trace' }));
    if (drawn !== read.body) host.replaceChildren(noTrace(read.body));
    drawn = read.body;
    return null;
  }
  const trace = read.json;
  if (known.body !== read.body) known = { body: read.body, hops: hopsOf(trace) };
  const { hops } = known;
  const view = chosen.view === 'logs' ? 'logs' : 'hops';
  const key = JSON.stringify([chosen.trace, view, read.body.length]);
  drawHead(head, trace, hops, view, move);
  if (view === 'logs') {
    if (drawn !== key) drawLogs(host, hops);
  } else {
    const opening = host.treeOf !== chosen.trace || !host.querySelector('.tree');
    if (opening) begin(host, move);
    drawHops(host, trace, hops, move);
    if (opening) host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'center' });
  }
  drawn = key;
  return hops.find((hop) => hop.key === chosen.hop) ?? null;
}

function drawHead(head, trace, hops, view, move) {
  const own = hops.filter((hop) => !hop.node.repeated);
  const bad = own.filter((hop) => failed(hop.node));
  const lines = own.reduce((sum, hop) => sum + hop.node.logs.length, 0);
  const text = JSON.stringify([known.body.length, trace.durationMillis, chosen.hop, location.hash]);
  if (head.drawnText === text) return;
  head.drawnText = text;
  const root = trace.roots[0];
  const tab = (name, words) => el('a', {
    class: 'tab', href: addressOf({ view: name === 'hops' ? '' : name }), 'aria-current': view === name ? 'true' : null, text: words });
  head.replaceChildren(
    el('div', { class: 'line' },
      el('a', { class: 'back', href: addressOf({ page: 'traces' }), 'aria-label': 'Back to the traces', text: '‹' }),
      el('h2', { id: 'trace-title', text: root ? titleOf(root) : 'Trace' }),
      bad.length > 0 ? el('span', { class: 'badge bad', text: `${bad.length} failed` }) : el('span', { class: 'badge good', text: 'ok' }),
      trace.unwritten.length > 0 ? el('span', { class: 'badge live-badge', text: 'still running' }) : null,
      el('span', { class: 'space' }),
      el('span', { class: 'ident' }, el('code', { class: 'trace-id', text: trace.traceId }), copier(trace.traceId, 'the trace id'))),
    figures(trace, own),
    ...(bad.length > 0 ? [failures(bad, move)] : []),
    el('div', { class: 'tabs' }, tab('hops', 'Hops'), tab('logs', `Log lines (${lines.toLocaleString('en')})`),
      el('span', { class: 'space' }),
      el('span', { class: 'terminal' }, el('code', { text: `./virga trace ${trace.traceId} --logs${environmentOption()}` }),
        copier(`./virga trace ${trace.traceId} --logs${environmentOption()}`, 'the command'))));
}

function figures(trace, own) {
  const cold = own.filter((hop) => hop.node.coldStart).length;
  const facts = [
    ['began', clock(trace.startedAt), trace.startedAt],
    ['took', duration(trace.durationMillis)],
    ['hops', own.length.toLocaleString('en')],
    ['invocations', own.filter((hop) => isFunction(hop.node)).length.toLocaleString('en')],
    cold > 0 ? ['cold starts', String(cold)] : null,
    ['a million cost', perMillion(trace.dollars * 1e6) || '$0', `exactly $${trace.dollars} each`],
    trace.observingDollars > 0 ? ['of it for logs', perMillion(trace.observingDollars * 1e6)] : null,
    trace.unpriced.length > 0 ? ['not priced', trace.unpriced.join(', ')] : null,
    trace.truncated ? ['shown', 'only in part: it is too large'] : null,
  ].filter(Boolean);
  return el('dl', { class: 'sums' }, ...facts.map(([name, value, title]) => el('div', { title: title ?? null }, el('dt', { text: name }), el('dd', { text: value }))));
}

/** What failed first stands first: what follows is often only its consequence. The same failure again is only counted. */
function failures(bad, move) {
  const kinds = new Map();
  [...bad].sort((a, b) => a.node.offsetMillis - b.node.offsetMillis).forEach((hop) => {
    const kind = `${titleOf(hop.node)} ${hop.node.outcome}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), hop]);
  });
  const more = kinds.size - MOST_FAILURES;
  return el('ul', { class: 'failures', 'aria-label': 'What failed' }, ...[...kinds.values()].slice(0, MOST_FAILURES).map(([hop, ...same]) =>
    el('li', {}, el('button', { type: 'button', onclick: () => choose(hop, move) },
      el('span', { class: 'strong', text: titleOf(hop.node) }),
      el('span', { class: 'code', text: hop.node.outcome }),
      el('span', { class: 'why', text: messageOf(hop.node) }),
      el('span', { class: 'soft', text: same.length > 0 ? `${(same.length + 1).toLocaleString('en')} times from +${duration(hop.node.offsetMillis)}` : `+${duration(hop.node.offsetMillis)}` })))),
  more > 0 ? el('li', { class: 'soft', text: `and ${more.toLocaleString('en')} other kinds below` }) : null);
}

function choose(hop, move) {
  for (let parent = hop.parent; parent; parent = parent.parent) closed.delete(parent.key);
  move({ hop: hop.key, view: '' });
  document.querySelector(`[data-hop="${CSS.escape(hop.key)}"]`)?.scrollIntoView({ block: 'nearest' });
}

function drawLogs(host, hops) {
  const lines = hops.filter((hop) => !hop.node.repeated).flatMap((hop) => hop.node.logs.map((line, i) => ({ ...line, hop, i })))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.i - b.i))
    .map((line) => ({ ...line, source: el('a', { class: 'link source', href: addressOf({ hop: line.hop.key, view: '' }), text: line.hop.node.name }) }));
  host.replaceChildren(lines.length > 0 ? logList(lines, true) : el('p', { class: 'none', text: 'No function in this trace wrote a line.' }));
}

function begin(host, move) {
  if (host.treeOf !== chosen.trace) closed.clear();
  host.treeOf = chosen.trace;
  const tree = el('div', { role: 'tree', 'aria-label': 'Hops of the trace', class: 'tree' });
  tree.addEventListener('keydown', (event) => walk(event, move));
  tree.addEventListener('click', (event) => {
    const row = event.target.closest('[data-hop]');
    if (!row) return;
    const hop = known.hops.find((one) => one.key === row.dataset.hop);
    if (event.target.closest('.twist')) fold(hop, move);
    else if (!hop.node.repeated) move({ hop: chosen.hop === hop.key ? '' : hop.key });
  });
  host.replaceChildren(el('div', { class: 'hop scale', 'aria-hidden': 'true' }), tree);
}

function fold(hop, move) {
  if (!closed.delete(hop.key)) closed.add(hop.key);
  const host = document.getElementById('trace');
  drawHops(host, host.trace, known.hops, move);
}

function drawHops(host, trace, hops, move) {
  host.trace = trace;
  const [scale, tree] = host.children;
  drawScale(scale, trace);
  const visible = hops.filter((hop) => {
    for (let parent = hop.parent; parent; parent = parent.parent) if (closed.has(parent.key)) return false;
    return true;
  });
  const whole = Math.max(trace.durationMillis, 0.001);
  keyed(tree, visible, (hop) => hop.key,
    (hop) => JSON.stringify([whole, hop.guides, hop.children, closed.has(hop.key), hop.key === chosen.hop, hop.node.name, hop.node.target, hop.node.outcome,
      hop.node.offsetMillis, hop.node.durationMillis, hop.node.dollarsPerMillion, hop.node.coldStart, hop.attempts]),
    (hop) => row(hop, whole));
  if (!tree.querySelector('[tabindex="0"]')) (tree.querySelector('[aria-selected="true"]') ?? tree.firstElementChild)?.setAttribute('tabindex', '0');
}

function drawScale(scale, trace) {
  if (scale.drawnFor === trace.durationMillis) return;
  scale.drawnFor = trace.durationMillis;
  const steps = [0, 0.25, 0.5, 0.75, 1].map((part) =>
    el('span', { style: { left: `${part * 100}%` }, text: part === 0 ? '0' : duration(trace.durationMillis * part) }));
  scale.replaceChildren(el('span', {}), el('span', { class: 'track' }, ...steps), el('span', { class: 'took', text: 'took' }),
    el('span', { class: 'cost', text: '$/million' }), el('span', { class: 'outcome', text: 'outcome' }));
}

function row(hop, whole) {
  const { node } = hop;
  const selected = hop.key === chosen.hop;
  return el('div', {
    role: 'treeitem',
    class: `hop${isFunction(node) ? ' invocation' : ''}${failed(node) ? ' failed' : ''}${node.repeated ? ' repeated' : ''}`,
    tabindex: selected ? '0' : '-1',
    'data-hop': hop.key,
    'aria-level': String(hop.level),
    'aria-selected': String(selected),
    'aria-expanded': hop.children > 0 ? String(!closed.has(hop.key)) : null,
    'aria-label': `${titleOf(node)}, ${node.repeated ? '' : `${duration(node.durationMillis)}, `}${outcomeOf(node)}${node.message ? `: ${node.message}` : ''}`,
  }, label(hop), bar(node, whole),
  el('span', { class: 'took', text: node.repeated ? '' : duration(node.durationMillis) }),
  el('span', { class: 'cost', text: node.repeated ? '' : perMillion(node.dollarsPerMillion) }),
  el('span', { class: 'outcome', text: outcomeOf(node), title: node.message || null }));
}

function label(hop) {
  const { node, guides } = hop;
  const lines = guides.map((last, i) => el('span', {
    class: `guide ${i === guides.length - 1 ? (last ? 'corner' : 'tee') : (last ? 'blank' : 'down')}` }));
  const tags = [
    node.entries > 1 ? el('span', { class: 'tag', text: count(node.entries, 'event') }) : null,
    hop.attempts > 1 && !node.repeated ? el('span', { class: 'tag', text: `attempt ${hop.attempt + 1}` }) : null,
    node.coldStart ? el('span', { class: 'tag cold', text: 'cold' }) : null,
    closed.has(hop.key) ? el('span', { class: 'tag', text: `${hop.children} below` }) : null,
  ];
  return el('span', { class: 'label', title: node.resource || titleOf(node) }, ...lines,
    hop.children > 0 ? el('span', { class: 'twist', 'aria-hidden': 'true', text: closed.has(hop.key) ? '▸' : '▾' }) : el('span', { class: 'twist' }),
    isFunction(node) ? el('span', { class: 'lambda', text: 'λ' }) : null,
    node.kind === 'REQUEST' || isFunction(node) ? null : el('span', { class: 'service', text: node.service }),
    el('span', { class: 'strong', text: node.name }),
    node.target ? el('span', { class: 'soft', text: node.target }) : null,
    ...tags);
}

function bar(node, whole) {
  const part = (millis) => `${Math.max(0, Math.min(100, (millis / whole) * 100))}%`;
  if (node.repeated) return el('span', { class: 'track' });
  const mark = el('span', { class: 'mark', style: { left: part(node.offsetMillis), width: part(node.durationMillis) } });
  if (node.coldStart && node.durationMillis > 0) {
    mark.append(el('span', { class: 'init', style: { width: `${Math.min(100, (node.coldStart.initMillis / node.durationMillis) * 100)}%` } }));
  }
  return el('span', { class: 'track', title: `starts at +${duration(node.offsetMillis)}, takes ${duration(node.durationMillis)}` }, mark);
}

/** Up and down go from hop to hop, left and right fold and unfold or go to parent and child, Enter and space choose, Escape closes. */
function walk(event, move) {
  const from = event.target.closest('[data-hop]');
  if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.children];
  const at = rows.indexOf(from);
  const hop = known.hops.find((one) => one.key === from.dataset.hop);
  const expanded = from.getAttribute('aria-expanded');
  let to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === 'ArrowRight' && expanded === 'true') to = at + 1;
  if (event.key === 'ArrowLeft' && expanded !== 'true' && hop.parent) to = rows.findIndex((one) => one.dataset.hop === hop.parent.key);
  if (to !== undefined) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
    event.currentTarget.querySelectorAll('[tabindex="0"]').forEach((one) => one.setAttribute('tabindex', '-1'));
    next.setAttribute('tabindex', '0');
    next.focus();
  } else if ((event.key === 'ArrowRight' && expanded === 'false') || (event.key === 'ArrowLeft' && expanded === 'true')) fold(hop, move);
  else if ((event.key === 'Enter' || event.key === ' ') && !hop.node.repeated) move({ hop: chosen.hop === hop.key ? '' : hop.key });
  else if (event.key === 'Escape') move({ hop: '' });
  else return;
  event.preventDefault();
}
