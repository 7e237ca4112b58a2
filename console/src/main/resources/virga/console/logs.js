// Log lines: when, how serious, and what they say. Lambda's runtimes write a level in different ways; all are understood.
import { el } from './dom.js';

const LEVELS = { TRACE: 'debug', DEBUG: 'debug', INFO: 'info', NOTICE: 'info', WARN: 'warn', WARNING: 'warn', ERROR: 'error', FATAL: 'error', CRITICAL: 'error', SEVERE: 'error' };
const PLATFORM = /^(START|END|REPORT) RequestId: |^INIT_(START|REPORT) |^XRAY TraceId: |^EXTENSION\s/;
/** Node.js: time, request id, level; Python: [level], time, request id; each with tabs between. */
const NODE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t\S+\t(\w+)\t([\s\S]*)$/;
const PYTHON = /^\[(\w+)\]\t(?:\d{4}-\d\d-\d\dT[\d:.]+Z\t\S*\t)?([\s\S]*)$/;
const BEGINS = /^\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b[\]:]?\s*/;
const WENT_WRONG = /\b\w*(Error|Exception)\b|^Traceback|Task timed out|Process exited before/;

/** {level, text, platform, rest}: `rest` are the other fields of a line in JSON. */
export function readLine(message) {
  const text = message.replace(/\s+$/, '');
  if (PLATFORM.test(text)) return { level: '', text: text.replaceAll('\t', '  '), platform: true };
  const json = inJson(text);
  if (json) return json;
  const known = NODE.exec(text) ?? PYTHON.exec(text);
  if (known && LEVELS[known[1].toUpperCase()]) return inJson(known[2], LEVELS[known[1].toUpperCase()]) ?? { level: LEVELS[known[1].toUpperCase()], text: known[2] };
  const begins = BEGINS.exec(text);
  if (begins) return { level: LEVELS[begins[1]], text: text.slice(begins[0].length) };
  return { level: WENT_WRONG.test(text) ? 'error' : '', text };
}

function inJson(text, level = '') {
  if (!text.startsWith('{')) return null;
  let fields;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  const named = (...names) => names.find((name) => typeof fields[name] === 'string');
  const [said, grade] = [named('message', 'msg', 'errorMessage'), named('level', 'log_level', 'severity', 'levelname')];
  const rest = Object.entries(fields).filter(([name]) => ![said, grade, 'timestamp', 'time', '@timestamp', 'requestId', 'function_request_id'].includes(name));
  return {
    level: LEVELS[String(fields[grade] ?? '').toUpperCase()] ?? level,
    text: said ? fields[said] : text,
    rest: said ? rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('  ') : '',
  };
}

/** `lines`: [{at, message, source}]; the time shown is that of the day, UTC, as the log group has it. */
export function logList(lines, withSource) {
  return el('ol', { class: `log${withSource ? ' sourced' : ''}` }, ...lines.map((line) => {
    const read = readLine(line.message);
    return el('li', { class: [read.level && `level-${read.level}`, read.platform && 'platform'].filter(Boolean).join(' ') || null },
      el('time', { datetime: line.at, title: line.at, text: timeOf(line.at) }),
      el('span', { class: 'level', text: read.level ? read.level.toUpperCase() : '' }),
      withSource ? line.source : null,
      el('span', { class: 'said' }, el('span', { text: read.text }), read.rest ? el('span', { class: 'soft', text: `  ${read.rest}` }) : null));
  }));
}

/** Always with milliseconds: an instant on the second is written without. */
function timeOf(iso) {
  const time = iso.slice(11).replace('Z', '');
  return time.includes('.') ? time.slice(0, 12).padEnd(12, '0') : `${time}.000`;
}
