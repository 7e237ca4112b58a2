// Reads the environment every two seconds and draws what changed. What is chosen stands in the address, so it can be shared.
import { count, el } from './dom.js';
import { drawMap } from './map.js';
import { drawNoTrace, drawTrace } from './trace.js';
import { drawTraces } from './traces.js';

const API = '/_virga/console/api/';
const PERIOD_MILLIS = 2000;
const find = (id) => document.getElementById(id);

const chosen = { environment: 'default', minutes: '60', node: '', trace: '' };
const openHops = new Set();
const drawn = { map: '', traces: '', trace: '' };
const seen = { map: null, traces: [] };
let paused = false;
let timer = 0;
let round = 0;

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  Object.keys(chosen).forEach((name) => { if (address.has(name)) chosen[name] = address.get(name); });
}

function writeAddress() {
  const address = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
  history.replaceState(null, '', `#${address}`);
}

class Refused extends Error {}

async function get(reading, parameters = {}) {
  const answer = await fetch(`${API}${reading}?${new URLSearchParams(parameters)}`, { cache: 'no-store' });
  const body = await answer.text();
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refused(`Virga answered ${answer.status} without JSON`);
  }
  if (!answer.ok) throw new Refused(json.message ?? `Virga answered ${answer.status}`);
  return { json, body };
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++round;
  const { environment, minutes, node, trace } = chosen;
  try {
    const [names, map, traces] = await Promise.all([
      get('environments'),
      get('map', { environment, minutes }),
      get('traces', { environment, minutes, resource: node }),
    ]);
    const one = trace ? await get('trace', { environment, id: trace }).catch(gone) : null;
    if (mine !== round) return;
    tellProblem('');
    offer(names.json.environments);
    seen.map = map.json;
    seen.traces = traces.json.traces;
    show(map.body, traces.body, one);
    find('live').textContent = paused ? 'paused' : 'live';
    find('live').className = paused ? 'live' : 'live on';
  } catch (error) {
    if (mine !== round) return;
    find('live').textContent = 'not connected';
    find('live').className = 'live off';
    await offerOthers();
    tellProblem(error instanceof Refused ? `${error.message}.` : `Virga does not answer at ${location.origin}. Trying again every 2 seconds.`);
  }
  if (!paused && mine === round) timer = setTimeout(refresh, PERIOD_MILLIS);
}

/** An environment that has gone must not leave the page without a way out. */
async function offerOthers() {
  try {
    offer((await get('environments')).json.environments);
  } catch {
    // Nothing answers; the page says so already.
  }
}

function gone(error) {
  if (error instanceof Refused) return { json: null, body: error.message };
  throw error;
}

function show(mapText, tracesText, one) {
  const trace = seen.traces.find((row) => row.id === chosen.trace);
  const touched = trace ? new Set(trace.resources) : null;
  once('map', [mapText, chosen.node, trace ? trace.resources.join() : ''], () =>
    drawMap(find('map'), seen.map, { selected: chosen.node, touched }, chooseNode));
  once('traces', [tracesText, chosen.trace, chosen.node], () => {
    drawTraces(find('traces'), seen.traces, { trace: chosen.trace, filtered: chosen.node !== '' }, chooseTrace);
    find('traces-count').textContent = seen.traces.length > 0 ? count(seen.traces.length, 'newest', 'newest') : '';
  });
  drawFilter();
  once('trace', [chosen.trace, one ? one.body : ''], () => {
    if (one?.json) {
      drawTrace(find('trace-head'), find('trace'), one.json, openHops,
        (id, attempt) => get('record', { environment: chosen.environment, id, attempt }).then((found) => found.json));
    } else {
      drawNoTrace(find('trace-head'), find('trace'), one ? `${one.body}.`
        : seen.traces.length > 0 ? 'Choose a trace to see every hop: when it ran, what it cost, what it wrote and how it ended.' : '');
    }
  });
}

/** Draws only what is not drawn already, so that focus, scrolling and selection stay where they are. */
function once(part, key, draw) {
  const text = key.join('\n');
  if (drawn[part] === text) return;
  drawn[part] = text;
  draw();
}

function drawFilter() {
  const chip = find('filter');
  const node = seen.map.nodes.find((one) => one.id === chosen.node);
  chip.hidden = chosen.node === '';
  chip.textContent = `touching ${node ? node.name : chosen.node} ×`;
  chip.setAttribute('aria-label', `Showing traces that touch ${node ? node.name : chosen.node}. Show all traces`);
}

function offer(names) {
  const select = find('environment');
  const all = names.includes(chosen.environment) ? names : [...names, chosen.environment];
  if ([...select.options].map((option) => option.value).join('\n') !== all.join('\n')) {
    select.replaceChildren(...all.map((name) => el('option', { value: name, text: name })));
  }
  select.value = chosen.environment;
}

function tellProblem(words) {
  const problem = find('problem');
  if (problem.textContent !== words) problem.textContent = words;
  problem.hidden = words === '';
}

function choose(changes) {
  Object.assign(chosen, changes);
  writeAddress();
  refresh();
}

function chooseNode(node) {
  choose({ node: chosen.node === node.id ? '' : node.id });
}

function chooseTrace(id) {
  if (chosen.trace !== id) openHops.clear();
  choose({ trace: chosen.trace === id ? '' : id });
}

readAddress();
find('minutes').value = chosen.minutes;
find('minutes').addEventListener('change', (event) => choose({ minutes: event.target.value }));
find('environment').addEventListener('change', (event) => choose({ environment: event.target.value, node: '', trace: '' }));
find('filter').addEventListener('click', () => choose({ node: '' }));
find('pause').addEventListener('click', (event) => {
  paused = !paused;
  event.target.textContent = paused ? 'Resume' : 'Pause';
  event.target.setAttribute('aria-pressed', String(paused));
  refresh();
});
addEventListener('hashchange', () => { readAddress(); refresh(); });
addEventListener('resize', () => { drawn.map = ''; if (seen.map) refresh(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && !paused) refresh(); });
refresh();
