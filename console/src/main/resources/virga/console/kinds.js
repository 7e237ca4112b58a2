// The kinds of resources: what they are called, and their signs.
import { el, svg } from './dom.js';

const KINDS = {
  CLIENT: ['client', 'Client'],
  API: ['api', 'HTTP API'],
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

/** [class, words] of a kind of resource. */
export function kindOf(node) {
  return KINDS[node.kind] ?? KINDS.OTHER;
}

export function glyph(kind) {
  return el('span', { class: 'glyph' }, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: GLYPHS[kind] })));
}

/** What a node is called; the same name in two stacks is told apart by the stack. */
export function namesOf(nodes) {
  const seen = new Map();
  nodes.forEach((node) => seen.set(node.label, (seen.get(node.label) ?? 0) + 1));
  return new Map(nodes.map((node) => [node.id,
    node.kind === 'CLIENT' ? 'Client' : seen.get(node.label) > 1 ? (node.stack ? `${node.stack} / ${node.label}` : node.name) : node.label]));
}
