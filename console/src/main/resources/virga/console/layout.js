// Where the map's resources stand: dagre's layered layout, kept as long as the same resources call each other.

const LABEL = { width: 76, height: 18 };
const CARD = { height: 66, narrowest: 196, widest: 270, beside: 56 };
const measure = document.createElement('canvas').getContext('2d');
/** How much larger the other direction must show the map to be worth turning it round. */
const WORTH_TURNING = 1.2;
let kept = { key: '' };

/**
 * `names` by id; `frame` {width, height} to fit it into. From left to right, or from top to bottom where that can be shown larger.
 * Answers {key, width, height, nodes: id -> place, edges: "from to" -> {points, x, y}}.
 */
export function layoutOf(map, names, frame) {
  const about = JSON.stringify([map.nodes.map((node) => [node.id, names.get(node.id)]), map.edges.map((edge) => [edge.from, edge.to])]);
  const size = [frame.width, frame.height].join();
  if (kept.about === about && kept.size === size) return kept;
  const scale = (layout) => Math.min(1, frame.width / layout.width, frame.height / layout.height);
  const known = kept.about === about ? kept.direction : 'LR';
  const [first, second] = [known, known === 'LR' ? 'TB' : 'LR'].map((direction) => laidOut(map, names, direction));
  const best = scale(second) > scale(first) * WORTH_TURNING ? second : first;
  kept = { ...best, about, size, key: `${best.direction} ${about}` };
  return kept;
}

function laidOut(map, names, direction) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: direction, nodesep: 26, ranksep: direction === 'LR' ? 16 : 30, edgesep: 16, marginx: 6, marginy: 6 });
  map.nodes.forEach((node) => graph.setNode(node.id, { width: widthOf(names.get(node.id)), height: CARD.height }));
  map.edges.forEach((edge) => graph.setEdge(edge.from, edge.to, { ...LABEL, labelpos: 'c' }));
  dagre.layout(graph);
  const { width, height } = graph.graph();
  return {
    direction, width, height,
    nodes: new Map(map.nodes.map((node) => [node.id, graph.node(node.id)])),
    edges: new Map(map.edges.map((edge) => [`${edge.from} ${edge.to}`, graph.edge(edge.from, edge.to)])),
  };
}

function widthOf(name) {
  measure.font = '600 13px system-ui, sans-serif';
  return Math.round(Math.max(CARD.narrowest, Math.min(CARD.widest, measure.measureText(name).width * 1.06 + CARD.beside)));
}

/** `text` in at most `most` characters: its beginning and its end, which tell long names apart. */
export function middle(text, most) {
  if (text.length <= most) return text;
  const end = Math.ceil((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(-end)}`;
}
