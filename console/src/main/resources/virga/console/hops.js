// A trace as a list of hops: each with its level, its branches and its place among the attempts of one record.

/** [{node, level, guides, key, attempt, children: count, parent: key}] in the order of the tree. */
export function hopsOf(trace) {
  const hops = [];
  const walk = (node, level, guides, parent) => {
    const hop = { node, level, guides, parent, children: node.children.length };
    hops.push(hop);
    node.children.forEach((child, i) => walk(child, level + 1, [...guides, i === node.children.length - 1], hop));
  };
  trace.roots.forEach((root) => walk(root, 1, [], null));
  // A record that was tried again has one id: its attempts are told apart by their order in time.
  const attempts = new Map();
  hops.filter((hop) => !hop.node.repeated).sort((a, b) => a.node.offsetMillis - b.node.offsetMillis).forEach((hop) => {
    hop.attempt = attempts.get(hop.node.id) ?? 0;
    attempts.set(hop.node.id, hop.attempt + 1);
  });
  hops.forEach((hop, i) => {
    hop.attempts = attempts.get(hop.node.id) ?? 1;
    hop.attempt ??= 0;
    hop.key = hop.node.repeated ? `${hop.node.id}/again/${i}` : `${hop.node.id}/${hop.attempt}`;
  });
  return hops;
}

export function failed(node) {
  return node.outcome !== 'ok';
}

export function outcomeOf(node) {
  if (node.repeated) return 'shown above';
  if (!failed(node)) return node.kind === 'REQUEST' ? String(node.status) : 'ok';
  return node.outcome;
}

/** Without the request id that Lambda puts before it: the record has it. */
export function messageOf(node) {
  return node.message.replace(/^RequestId: \S+ Error: /, '');
}

export function isFunction(node) {
  return node.kind === 'INVOCATION';
}

/** What a hop is called in a sentence: `Charge`, `dynamodb PutItem Orders`, `POST /orders`. */
export function titleOf(node) {
  if (isFunction(node)) return node.name;
  return [node.kind === 'REQUEST' ? '' : node.service, node.name, node.kind === 'REQUEST' ? '' : node.target].filter(Boolean).join(' ');
}
