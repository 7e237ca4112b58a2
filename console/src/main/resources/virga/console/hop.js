// One hop, in the pane beside the trace: its error first, then times and cost, its log lines, what it was asked and what it answered.
import { chosen } from './address.js';
import { codeOf } from './code.js';
import { command, copier, count, duration, el, perMillion } from './dom.js';
import { environmentOption } from './empty.js';
import { failed, isFunction, messageOf, outcomeOf, titleOf } from './hops.js';
import { logList } from './logs.js';

/** Facts that the pane shows in its own words, or that say again what stands there. */
const TOLD = new Set(['message', 'coldStart', 'billedMillis', 'durationMillis', 'errorType', 'maxMemoryMegabytes', 'memoryMegabytes', 'inputCut', 'outputCut']);
let rawWanted = false;

export function hideHop(host) {
  host.hidden = true;
  host.drawnText = '';
}

/** `read(id, attempt)` fetches the record. What was drawn of a hop stays until something of it changes. */
export function drawHop(host, hop, trace, read, move) {
  const text = JSON.stringify([chosen.environment, trace.traceId, hop.key, { ...hop.node, children: 0 }]);
  if (host.drawnText === text) return;
  const same = host.drawnKey === `${trace.traceId} ${hop.key}`;
  const top = host.scrollTop;
  Object.assign(host, { drawnText: text, drawnKey: `${trace.traceId} ${hop.key}`, hidden: false });
  const { node } = hop;
  const payloads = el('div', { class: 'payloads' }, el('p', { class: 'soft', text: 'Reading …' }));
  const facts = el('dl', { class: 'facts' });
  host.replaceChildren(
    el('div', { class: 'hop-head' },
      el('div', { class: 'words' }, el('h2', { text: titleOf(node) }), el('span', { class: 'soft', text: kindWords(node) })),
      el('span', { class: `badge ${failed(node) ? 'bad' : 'good'}`, text: outcomeOf(node) }),
      el('button', { type: 'button', class: 'quiet icon', text: '×', 'aria-label': 'Close the hop', onclick: () => close(hop, move) })),
    el('div', { class: 'detail' },
      failed(node) ? el('div', { class: 'message', role: 'note' }, el('strong', { text: node.outcome }),
        node.message ? el('span', { text: messageOf(node) }) : null) : null,
      el('dl', { class: 'tiles' }, ...tiles(node)),
      node.coldStart ? coldStart(node) : null,
      isFunction(node) ? logs(node) : null,
      payloads,
      el('section', {}, el('h3', { text: 'Record' }), facts),
      isFunction(node) ? command(`./virga replay ${node.id}${environmentOption()}`) : null));
  host.scrollTop = same ? top : 0;
  const draw = (found) => {
    const [asked, answered] = isFunction(node) ? ['Event', 'Answer'] : ['Request', 'Response'];
    payloads.replaceChildren(payload(asked, found.input), payload(answered, found.output));
    facts.replaceChildren(...factsOf(found));
    billed(host, found.details);
  };
  read(node.id, hop.attempt).then((found) => draw(found.json))
    .catch((error) => payloads.replaceChildren(el('p', { class: 'bad', text: `What was asked and answered could not be read: ${error.message}` })));
}

function close(hop, move) {
  move({ hop: '' });
  document.querySelector(`[data-hop="${CSS.escape(hop.key)}"]`)?.focus();
}

function kindWords(node) {
  if (isFunction(node)) return `invocation${node.via && node.via !== 'client' ? ` from ${node.via}` : ''}`;
  return { REQUEST: `request to API ${node.target}`, DELIVERY: 'delivery', CALL: 'call' }[node.kind] ?? '';
}

function tiles(node) {
  return [
    ['began', `+${duration(node.offsetMillis)}`],
    ['took', duration(node.durationMillis)],
    ['a million cost', perMillion(node.dollarsPerMillion) || '$0'],
    node.entries > 1 ? ['events', String(node.entries)] : null,
  ].filter(Boolean).map(([name, value]) => el('div', {}, el('dt', { text: name }), el('dd', { text: value })));
}

/** What Lambda bills, which only the record tells. */
function billed(host, details) {
  if (!details.billedMillis) return;
  const memory = details.maxMemoryMegabytes ? `${details.maxMemoryMegabytes} of ${details.memoryMegabytes} MB` : `${details.memoryMegabytes} MB`;
  host.querySelector('.tiles').append(
    el('div', {}, el('dt', { text: 'billed' }), el('dd', { text: duration(Number(details.billedMillis)) })),
    el('div', {}, el('dt', { text: 'memory' }), el('dd', { text: memory })));
}

function coldStart({ coldStart: cold, durationMillis }) {
  const parts = [
    ['unpack', cold.unpackMillis, 'fetching and unpacking the package'],
    ['process', cold.processMillis, 'from starting the process to the runtime\'s first request'],
    ['handler', cold.handlerMillis, 'loading your code, until it asked for its first event'],
    ['run', Math.max(0, durationMillis - cold.initMillis), 'handling the event'],
  ];
  return el('section', { class: 'cold-start' },
    el('h3', { text: `Cold start ${duration(cold.initMillis)}` }),
    el('div', { class: 'stack', 'aria-hidden': 'true' },
      ...parts.map(([name, millis]) => el('span', { class: name, style: { 'flex-grow': String(Math.max(millis, 0.01)) } }))),
    el('p', { class: 'legend' }, ...parts.map(([name, millis, words]) => el('span', { class: name, title: words, text: `${name} ${duration(millis)}` }))));
}

function logs(node) {
  return el('section', {}, el('h3', { text: node.logs.length > 0 ? `Log, ${count(node.logs.length, 'line')}` : 'Log' }),
    node.logs.length === 0 ? el('p', { class: 'soft', text: 'It wrote nothing.' }) : logList(node.logs, false));
}

/** Unfolded, or as it went over the wire: one choice for all payloads. */
function payload(title, kept) {
  const section = el('section', { class: 'payload' });
  const wrapped = kept.shown !== undefined;
  const show = () => {
    const raw = rawWanted || !wrapped;
    const text = raw ? kept.raw : kept.shown;
    const switches = wrapped ? el('span', { class: 'switch', role: 'group', 'aria-label': `${title}: how to show it` },
      ...[['Decoded', false], ['Raw', true]].map(([words, value]) => el('button', {
        type: 'button', 'aria-pressed': String(rawWanted === value), text: words,
        onclick: () => {
          rawWanted = value;
          section.parentElement.querySelectorAll('.payload').forEach((one) => one.show());
        } }))) : null;
    section.replaceChildren(
      el('div', { class: 'payload-head' }, el('h3', { text: title }), el('span', { class: 'hint', text: sizeOf(kept) }), el('span', { class: 'space' }), switches,
        text === undefined ? null : copier(text, `the ${title.toLowerCase()}`)),
      text === undefined
        ? el('p', { class: 'soft', text: kept.bytes === 0 ? 'Nothing was kept.' : kept.cut ? 'Too long to be kept whole, and so it cannot be read.' : 'It is not text.' })
        : el('pre', { tabindex: '0', 'aria-label': title }, codeOf(text)));
  };
  section.show = show;
  show();
  return section;
}

function sizeOf(kept) {
  if (kept.cut) return `the first ${kept.bytes.toLocaleString('en')} of ${count(kept.cut, 'byte')}`;
  return kept.bytes > 0 ? count(kept.bytes, 'byte') : '';
}

function factsOf(found) {
  const facts = [['record', found.id], ['principal', found.principal], ...found.resources.map((arn) => ['resource', arn])];
  Object.entries(found.details).filter(([name]) => !TOLD.has(name) && !name.endsWith('Nanos'))
    .forEach(([name, value]) => facts.push([name.replace(/([A-Z])/g, ' $1').toLowerCase(), value]));
  return facts.flatMap(([name, value]) => [el('dt', { text: name }), el('dd', { text: value })]);
}
