// One trace: every hop with its place in time; a hop opens to its cold start, log lines, event and answer.
import { clock, count, duration, el, perMillion } from './dom.js';

const VIA = { client: '', invocation: '' };

/** Draws `trace` into `host`, its figures into `head`. `open`: the keys of open hops; `record(id, attempt)` fetches one. */
export function drawTrace(head, host, trace, open, record) {
  const hops = flatten(trace);
  const focused = document.activeElement?.dataset?.hop;
  summary(head, trace, hops);
  const rows = hops.flatMap((hop) => item(hop, trace, open, record));
  host.replaceChildren(scale(trace), el('div', { role: 'tree', 'aria-label': 'Hops of the trace', class: 'tree' }, ...rows));
  host.onkeydown = walk;
  const first = host.querySelector(focused ? `[data-hop="${CSS.escape(focused)}"]` : '[data-hop]');
  first?.setAttribute('tabindex', '0');
  if (focused) first?.focus();
}

export function drawNoTrace(head, host, words) {
  head.replaceChildren(el('h2', { id: 'trace-title', text: 'Trace' }));
  host.replaceChildren(el('p', { class: 'none', text: words }));
}

function flatten(trace) {
  const hops = [];
  const walkDown = (node, level, guides) => {
    hops.push({ node, level, guides });
    node.children.forEach((child, i) => walkDown(child, level + 1, [...guides, i === node.children.length - 1]));
  };
  trace.roots.forEach((root) => walkDown(root, 1, []));
  // A record that was tried again has one id: its attempts are told apart by their order in time.
  const attempts = new Map();
  [...hops].filter((hop) => !hop.node.repeated).sort((a, b) => a.node.offsetMillis - b.node.offsetMillis).forEach((hop) => {
    hop.attempt = attempts.get(hop.node.id) ?? 0;
    attempts.set(hop.node.id, hop.attempt + 1);
  });
  hops.forEach((hop, i) => {
    hop.attempt ??= 0;
    hop.key = hop.node.repeated ? `${hop.node.id}/again/${i}` : `${hop.node.id}/${hop.attempt}`;
  });
  return hops;
}

function summary(head, trace, hops) {
  const own = hops.filter((hop) => !hop.node.repeated).map((hop) => hop.node);
  const failed = own.filter((node) => node.outcome !== 'ok').length;
  const cold = own.filter((node) => node.coldStart).length;
  const cost = perMillion(trace.dollars * 1e6);
  const root = trace.roots[0];
  const facts = [
    clock(trace.startedAt),
    duration(trace.durationMillis),
    count(own.length, 'hop'),
    cold > 0 ? count(cold, 'cold start') : null,
    cost ? `${cost} per million` : null,
    trace.unwritten.length > 0 ? 'still running' : null,
    trace.truncated ? 'too large to show whole' : null,
  ].filter(Boolean).join(' · ');
  head.replaceChildren(
    el('h2', { id: 'trace-title', text: root ? root.name : 'Trace' }),
    failed > 0 ? el('span', { class: 'badge bad', text: `${failed} failed` }) : el('span', { class: 'badge good', text: 'ok' }),
    el('span', { class: 'hint', text: facts }),
    el('span', { class: 'space' }),
    el('code', { class: 'trace-id', text: trace.traceId }));
}

function scale(trace) {
  const steps = [0, 0.5, 1].map((part) =>
    el('span', { style: { left: `${part * 100}%` }, text: part === 0 ? '0' : duration(trace.durationMillis * part) }));
  return el('div', { class: 'hop scale', 'aria-hidden': 'true' },
    el('span', {}), el('span', { class: 'track' }, ...steps), el('span', { class: 'took', text: 'took' }),
    el('span', { class: 'cost', text: '$/million' }), el('span', { class: 'outcome', text: 'outcome' }));
}

function item(hop, trace, open, record) {
  const { node } = hop;
  const expandable = !node.repeated;
  const opened = expandable && open.has(hop.key);
  const function_ = node.kind === 'INVOCATION';
  const detail = opened ? panel(hop, record) : null;
  const row = el('div', {
    role: 'treeitem',
    class: `hop ${function_ ? 'invocation' : ''}${node.outcome === 'ok' ? '' : ' failed'}${node.repeated ? ' repeated' : ''}`,
    tabindex: '-1',
    'data-hop': hop.key,
    'aria-level': String(hop.level),
    'aria-expanded': expandable ? String(opened) : null,
    'aria-label': `${node.name} ${node.target}, ${duration(node.durationMillis)}, ${outcome(node)}`,
    onclick: () => { if (expandable) toggle(row, hop, open, record); },
  }, label(hop), bar(node, trace),
  el('span', { class: 'took', text: duration(node.durationMillis) }),
  el('span', { class: 'cost', text: perMillion(node.dollarsPerMillion) }),
  el('span', { class: 'outcome', text: outcome(node), title: node.message || null }));
  return detail ? [row, detail] : [row];
}

function toggle(row, hop, open, record) {
  const opening = !open.has(hop.key);
  if (opening) {
    open.add(hop.key);
    row.after(panel(hop, record));
  } else {
    open.delete(hop.key);
    row.nextElementSibling?.remove();
  }
  row.setAttribute('aria-expanded', String(opening));
}

function outcome(node) {
  if (node.repeated) return 'shown above';
  if (node.outcome === 'ok') return node.kind === 'REQUEST' ? String(node.status) : 'ok';
  return node.outcome;
}

function label({ node, guides }) {
  const function_ = node.kind === 'INVOCATION';
  const lines = guides.map((last, i) => el('span', {
    class: `guide ${i === guides.length - 1 ? (last ? 'corner' : 'tee') : (last ? 'blank' : 'down')}` }));
  return el('span', { class: 'label' }, ...lines,
    function_ ? el('span', { class: 'lambda', text: 'λ' }) : null,
    node.kind === 'REQUEST' || function_ ? null : el('span', { class: 'service', text: node.service }),
    el('span', { class: 'strong', text: node.name }),
    node.target ? el('span', { class: 'soft', text: node.target }) : null,
    function_ && node.via && !(node.via in VIA) ? el('span', { class: 'soft', text: `from ${node.via}` }) : null,
    node.entries > 1 ? el('span', { class: 'tag', text: count(node.entries, 'event') }) : null,
    node.coldStart ? el('span', { class: 'tag cold', text: 'cold' }) : null);
}

function bar(node, trace) {
  const whole = Math.max(trace.durationMillis, 0.001);
  const part = (millis) => `${Math.min(100, (millis / whole) * 100)}%`;
  const track = el('span', { class: 'track', title: `starts at +${duration(node.offsetMillis)}, takes ${duration(node.durationMillis)}` });
  if (node.repeated) return track;
  const mark = el('span', { class: 'mark', style: { left: part(node.offsetMillis), width: part(node.durationMillis) } });
  if (node.coldStart && node.durationMillis > 0) {
    mark.append(el('span', { class: 'init', style: { width: `${Math.min(100, (node.coldStart.initMillis / node.durationMillis) * 100)}%` } }));
  }
  track.append(mark);
  return track;
}

/** Up and down go from hop to hop, right opens, left closes, Enter and space do either. */
function walk(event) {
  const row = event.target.closest('[data-hop]');
  if (!row || event.target !== row) return;
  const rows = [...event.currentTarget.querySelectorAll('[data-hop]')];
  const at = rows.indexOf(row);
  const expanded = row.getAttribute('aria-expanded');
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to !== undefined) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
    row.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  } else if (event.key === 'Enter' || event.key === ' '
      || (event.key === 'ArrowRight' && expanded === 'false') || (event.key === 'ArrowLeft' && expanded === 'true')) {
    row.click();
  } else {
    return;
  }
  event.preventDefault();
}

function panel(hop, record) {
  const { node } = hop;
  const function_ = node.kind === 'INVOCATION';
  const [asked, answered] = function_ ? ['Event', 'Answer'] : ['Request', 'Response'];
  const payloads = el('div', { class: 'payloads' }, el('p', { class: 'soft', text: 'Reading…' }));
  const facts = el('dl', { class: 'facts' });
  record(node.id, hop.attempt).then((found) => {
    payloads.replaceChildren(payload(asked, found.input), payload(answered, found.output));
    facts.replaceChildren(...factsOf(found));
  }).catch((error) => payloads.replaceChildren(el('p', { class: 'bad', text: error.message })));
  return el('div', { class: 'detail', role: 'group', 'aria-label': `Details of ${node.name}` },
    node.message ? el('p', { class: 'message', text: node.message }) : null,
    node.coldStart ? coldStart(node.coldStart) : null,
    function_ || node.logs.length > 0 ? logs(node.logs) : null,
    payloads, facts);
}

function coldStart(cold) {
  const parts = [['unpack', cold.unpackMillis], ['process', cold.processMillis], ['handler', cold.handlerMillis]];
  return el('section', { class: 'cold-start' },
    el('h3', { text: `Cold start ${duration(cold.initMillis)}` }),
    el('div', { class: 'stack', 'aria-hidden': 'true' },
      ...parts.map(([name, millis]) => el('span', { class: name, style: { 'flex-grow': String(Math.max(millis, 0.01)) } }))),
    el('p', { class: 'legend' }, ...parts.map(([name, millis]) => el('span', { class: name, text: `${name} ${duration(millis)}` }))));
}

function logs(lines) {
  return el('section', {}, el('h3', { text: 'Log' }), lines.length === 0
    ? el('p', { class: 'soft', text: 'It wrote nothing.' })
    : el('ol', { class: 'log' }, ...lines.map((line) => el('li', {},
      el('time', { datetime: line.at, text: line.at.slice(11, 23).replace('Z', '') }),
      el('span', { class: /\b(error|exception)\b/i.test(line.message) ? 'bad' : null, text: line.message.replace(/\s+$/, '') })))));
}

function payload(title, kept) {
  return el('section', {}, el('h3', { text: title }), words(kept));
}

function words(kept) {
  if (kept.bytes === 0) return el('p', { class: 'soft', text: 'Nothing was kept.' });
  if (kept.text === undefined) return el('p', { class: 'soft', text: `${count(kept.bytes, 'byte')} that are not text.` });
  return el('pre', { tabindex: '0' }, el('code', { text: pretty(kept.text) }));
}

function pretty(text) {
  try {
    // Only to indent it: a number too large for JavaScript would be shown wrong, so such text stays as it is.
    return /\d{16,}/.test(text) ? text : JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function factsOf(found) {
  const facts = [['record', found.id], ['principal', found.principal], ...found.resources.map((arn) => ['resource', arn])];
  Object.entries(found.details).filter(([name]) => name !== 'message' && !name.endsWith('Nanos'))
    .forEach(([name, value]) => facts.push([name.replace(/([A-Z])/g, ' $1').toLowerCase(), value]));
  return facts.flatMap(([name, value]) => [el('dt', { text: name }), el('dd', { text: value })]);
}
