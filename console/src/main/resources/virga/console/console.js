// Reads the environment every two seconds and draws what changed on the page that is shown.
import { addressOf, chosen, go, readAddress } from './address.js';
import { Refused, get, inWords } from './api.js';
import { count, el, say } from './dom.js';
import { noEnvironment } from './empty.js';
import { drawHop, hideHop } from './hop.js';
import { drawMap, refit } from './map.js';
import { drawResource } from './resource.js';
import { offerTheme } from './theme.js';
import { drawTrace } from './trace.js';
import { drawTraces } from './traces.js';

const PERIOD_MILLIS = 2000;
const ON_MAP = 30;
const ON_PAGE = 200;
const find = (id) => document.getElementById(id);

let paused = false;
let timer = 0;
let round = 0;
let shown = {};

async function refresh() {
  clearTimeout(timer);
  const mine = ++round;
  const names = await settle(get('environments'));
  const read = names.error ? { error: names.error } : await PAGES[chosen.page].read();
  if (mine !== round) return;
  const error = names.error ?? read.error;
  if (names.json) offer(names.json.environments);
  if (names.json && !names.json.environments.includes(chosen.environment)) {
    tell('', 'live on');
    showAlone(noEnvironment(names.json.environments));
  } else {
    tell(error ? inWords(error) : '', error && !(error instanceof Refused) ? 'live off' : 'live on');
    if (!read.error) {
      shown = { key: whereabouts(), ...read };
      draw();
    }
  }
  if (!paused) timer = setTimeout(refresh, PERIOD_MILLIS);
}

async function settle(promise) {
  try {
    return await promise;
  } catch (error) {
    return { error };
  }
}

async function together(readings) {
  const all = await Promise.all(Object.entries(readings).map(async ([name, promise]) => [name, await settle(promise)]));
  const error = all.find(([, one]) => one.error)?.[1].error;
  return error ? { error } : Object.fromEntries(all);
}

const PAGES = {
  map: {
    read: () => together({
      map: get('map', { environment: chosen.environment, minutes: chosen.minutes }),
      traces: get('traces', { environment: chosen.environment, minutes: chosen.minutes, resource: chosen.resource, limit: ON_MAP }),
    }),
    draw({ map, traces }) {
      say(find('map-count'), map.json.nodes.length > 0 ? count(map.json.nodes.length, 'resource') : '');
      drawMap(find('map'), find('zoom'), map.json, chosen.resource, (node) => move({ resource: chosen.resource === node.id ? '' : node.id }));
      drawResource(find('resource'), map.json, chosen.resource, move);
      say(find('side-title'), chosen.resource ? 'Traces that touch it' : 'Latest traces');
      drawTraces(find('side-traces'), traces.json.traces, false);
    },
  },
  traces: {
    read: () => together({
      traces: get('traces', {
        environment: chosen.environment, minutes: chosen.minutes, resource: chosen.resource, limit: ON_PAGE, managing: chosen.managing ? 'true' : 'false',
      }),
    }),
    draw({ traces }) {
      const words = chosen.find.toLowerCase();
      const rows = traces.json.traces.filter((row) => (!chosen.failed || row.failed > 0)
        && (!words || `${row.name} ${row.target} ${row.id} ${row.outcome}`.toLowerCase().includes(words)));
      const all = traces.json.traces.length;
      say(find('traces-count'), all === 0 ? '' : rows.length === all ? count(all, 'newest', 'newest') : `${rows.length} of the newest ${all}`);
      drawTraces(find('traces'), rows, true);
      drawFilter();
    },
  },
  trace: {
    async read() {
      const trace = await settle(get('trace', { environment: chosen.environment, id: chosen.trace }));
      return trace.error instanceof Refused && trace.error.status === 404 ? { trace: { json: null, body: trace.error.message } }
        : trace.error ? trace : { trace };
    },
    draw({ trace }) {
      const hop = drawTrace(find('trace-head'), find('trace'), trace, move);
      if (hop) drawHop(find('hop'), hop, trace.json, (id, attempt) => get('record', { environment: chosen.environment, id, attempt }), move);
      else hideHop(find('hop'));
    },
  },
};

function draw() {
  for (const page of Object.keys(PAGES)) find(`${page}-page`).hidden = page !== chosen.page;
  document.querySelector('.page.alone')?.remove();
  drawBar();
  const known = shown.key === whereabouts();
  find(`${chosen.page}-page`).classList.toggle('stale', !known);
  if (known) PAGES[chosen.page].draw(shown);
}

/** What has been read is of one environment, page and trace. */
function whereabouts() {
  return [chosen.environment, chosen.page, chosen.trace].join('\n');
}

function showAlone(words) {
  for (const page of Object.keys(PAGES)) find(`${page}-page`).hidden = true;
  document.querySelector('.page.alone')?.remove();
  document.body.append(el('main', { class: 'page alone' }, el('section', { class: 'pane' }, words)));
  drawBar();
}

function drawBar() {
  find('to-map').href = addressOf({ page: 'map' });
  find('to-traces').href = addressOf({ page: 'traces' });
  find('all-traces').href = addressOf({ page: 'traces' });
  const here = { map: 'map', traces: 'traces', trace: 'traces' }[chosen.page];
  for (const page of ['map', 'traces']) {
    if (page === here) find(`to-${page}`).setAttribute('aria-current', 'page');
    else find(`to-${page}`).removeAttribute('aria-current');
  }
  find('minutes').value = chosen.minutes;
  find('minutes-field').hidden = chosen.page === 'trace';
  find('failed').checked = chosen.failed !== '';
  find('managing').checked = chosen.managing !== '';
  if (document.activeElement !== find('find')) find('find').value = chosen.find;
  const title = { map: 'Service map', traces: 'Traces', trace: 'Trace' }[chosen.page];
  document.title = `${title} · ${chosen.environment} · Virga`;
}

function drawFilter() {
  const chip = find('filter');
  const name = shown.traces.json.resource ?? chosen.resource;
  chip.hidden = chosen.resource === '';
  say(chip, `touching ${name} ×`);
  chip.setAttribute('aria-label', `Showing traces that touch ${name}. Show all traces`);
}

function offer(names) {
  const select = find('environment');
  const all = names.includes(chosen.environment) ? names : [...names, chosen.environment];
  if ([...select.options].map((option) => option.value).join('\n') !== all.join('\n')) {
    select.replaceChildren(...all.map((name) => el('option', { value: name, text: name })));
  }
  select.value = chosen.environment;
}

function tell(problem, live) {
  say(find('problem'), problem);
  find('problem').hidden = problem === '';
  const words = live === 'live off' ? 'not connected' : paused ? 'paused' : 'live';
  say(find('live'), words);
  find('live').className = words === 'paused' ? 'live' : live;
}

/** Shows what is known at once, and reads what is not. */
function move(changes) {
  if (go(changes)) arrive();
}

function arrive() {
  if (shown.key) draw();
  refresh();
}

find('minutes').addEventListener('change', (event) => move({ minutes: event.target.value }));
find('environment').addEventListener('change', (event) =>
  move({ environment: event.target.value, resource: '', page: chosen.page === 'trace' ? 'traces' : chosen.page }));
find('filter').addEventListener('click', () => move({ resource: '' }));
find('failed').addEventListener('change', (event) => move({ failed: event.target.checked ? 'true' : '' }));
find('managing').addEventListener('change', (event) => move({ managing: event.target.checked ? 'true' : '' }));
find('find').addEventListener('input', (event) => move({ find: event.target.value }));
find('pause').addEventListener('click', (event) => {
  paused = !paused;
  event.target.textContent = paused ? 'Resume' : 'Pause';
  event.target.setAttribute('aria-pressed', String(paused));
  refresh();
});
addEventListener('hashchange', () => { readAddress(); arrive(); });
addEventListener('popstate', () => { readAddress(); arrive(); });
addEventListener('resize', () => refit());
document.addEventListener('visibilitychange', () => { if (!document.hidden && !paused) refresh(); });
offerTheme(find('theme'));
readAddress();
refresh();
