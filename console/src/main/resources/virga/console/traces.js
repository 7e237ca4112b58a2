// The list of recent traces.
import { clock, count, duration, el } from './dom.js';

/** Draws `traces` into `host`. `state`: {trace: id of the open one, filtered}; `open(id)` when one is clicked. */
export function drawTraces(host, traces, state, open) {
  const focused = document.activeElement?.dataset?.trace;
  if (traces.length === 0) {
    host.replaceChildren(el('li', { class: 'none', text: state.filtered
      ? 'No trace touches this resource in the time shown.'
      : 'No traces in the time shown.' }));
    return;
  }
  host.replaceChildren(...traces.map((trace) => row(trace, state, open)));
  if (focused) [...host.querySelectorAll('[data-trace]')].find((one) => one.dataset.trace === focused)?.focus();
}

function row(trace, state, open) {
  const mark = trace.fault ? 'fault' : trace.error ? 'error' : trace.partial ? 'partial' : 'good';
  const facts = [clock(trace.startedAt), count(trace.records, 'hop')];
  if (trace.partial) facts.push('still running');
  return el('li', {}, el('button', {
    type: 'button',
    class: 'row',
    'data-trace': trace.id,
    'aria-current': state.trace === trace.id ? 'true' : null,
    onclick: () => open(trace.id),
  },
  el('span', { class: `dot ${mark}` }),
  el('span', { class: 'row-name' },
    el('span', { class: 'strong', text: trace.name }),
    trace.kind === 'REQUEST' ? null : el('span', { class: 'soft', text: trace.target })),
  el('span', { class: 'row-time', text: duration(trace.durationMillis) }),
  el('span', { class: 'row-facts' },
    el('span', { text: facts.join(' · ') }),
    trace.failed > 0 ? el('span', { class: 'bad', text: `${trace.failed} failed` }) : null)));
}
