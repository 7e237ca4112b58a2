// Lists of recent traces.
import { addressOf, chosen } from './address.js';
import { clock, count, duration, el, keyed } from './dom.js';
import { noTraces } from './empty.js';

/** Draws `traces` into `host`; `wide`: a page of their own, with columns. */
export function drawTraces(host, traces, wide) {
  if (traces.length === 0) {
    const key = location.hash;
    if (host.emptyKey !== key) {
      host.keyedChildren = new Map();
      host.replaceChildren(noTraces());
      host.emptyKey = key;
    }
    return;
  }
  host.emptyKey = null;
  // Bars on a scale of roots: one trace that waited a minute must not make all others a dot.
  const longest = Math.sqrt(Math.max(...traces.map((trace) => trace.durationMillis), 1));
  keyed(host, traces, (trace) => trace.id,
    (trace) => JSON.stringify([trace, wide ? longest : 0, addressOf({ page: 'trace', trace: trace.id, hop: '' })]),
    (trace) => row(trace, wide, longest));
}

function row(trace, wide, longest) {
  const mark = trace.fault ? 'fault' : trace.error ? 'error' : trace.partial ? 'partial' : 'good';
  const words = { fault: 'failed', error: 'refused somewhere', partial: 'still running', good: 'ok' }[mark];
  const facts = [clock(trace.startedAt), count(trace.records, 'hop')];
  if (trace.partial) facts.push('still running');
  const failed = trace.failed > 0 ? el('span', { class: 'bad', text: `${trace.failed} failed` }) : null;
  const [title, beside] = trace.kind === 'INVOCATION' ? [trace.target, 'invocation'] : [trace.name, trace.target];
  const name = el('span', { class: 'row-name' }, el('span', { class: 'strong', text: title }), el('span', { class: 'soft', text: beside }));
  const dot = el('span', { class: `dot ${mark}`, title: words });
  const address = addressOf({ page: 'trace', trace: trace.id, hop: '' });
  const label = `${title} ${beside}, ${words}, ${duration(trace.durationMillis)}, ${facts.join(', ')}${trace.failed ? `, ${trace.failed} failed` : ''}`;
  const props = { class: 'row', href: address, 'data-trace': trace.id, 'aria-label': label, 'aria-current': chosen.trace === trace.id ? 'true' : null };
  if (!wide) {
    return el('li', {}, el('a', props, dot, name, el('span', { class: 'row-time', text: duration(trace.durationMillis) }),
      el('span', { class: 'row-facts' }, el('span', { text: facts.join(' · ') }), failed)));
  }
  return el('li', {}, el('a', props, dot, name,
    el('span', { class: 'row-failed' }, failed ?? el('span', { class: 'soft', text: trace.partial ? 'still running' : trace.kind === 'REQUEST' ? String(trace.status) : 'ok' })),
    el('span', { class: 'row-hops soft', text: count(trace.records, 'hop') }),
    el('span', { class: 'row-bar' }, el('span', { class: `mark ${mark}`, style: { width: `${(100 * Math.sqrt(trace.durationMillis)) / longest}%` } })),
    el('span', { class: 'row-time', text: duration(trace.durationMillis) }),
    el('span', { class: 'row-at soft', text: clock(trace.startedAt), title: trace.startedAt })));
}
