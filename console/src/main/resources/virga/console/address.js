// What is chosen stands in the address, so that it can be shared and the browser's Back works.

const DEFAULTS = { environment: 'default', page: 'map', minutes: '60', resource: '', trace: '', hop: '', view: '', find: '', failed: '', managing: '' };
/** What is passed over in the history: choosing a hop is no step to come back to. */
const STEPS = ['environment', 'page', 'trace'];

export const chosen = { ...DEFAULTS };

export function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  Object.keys(DEFAULTS).forEach((name) => { chosen[name] = address.get(name) ?? DEFAULTS[name]; });
  if (!['map', 'traces', 'trace'].includes(chosen.page)) chosen.page = chosen.trace ? 'trace' : 'map';
  if (chosen.page === 'trace' && !chosen.trace) chosen.page = 'traces';
}

/** The address of here with `changes`. */
export function addressOf(changes) {
  const next = { ...chosen, ...changes };
  if (next.page !== 'trace') Object.assign(next, { trace: '', hop: '', view: '' });
  return `#${new URLSearchParams(Object.entries(next).filter(([name, value]) => value !== DEFAULTS[name] || name === 'page'))}`;
}

/** Goes there. Answers whether anything changed. */
export function go(changes) {
  const address = addressOf(changes);
  if (address === location.hash) return false;
  const step = STEPS.some((name) => name in changes && changes[name] !== chosen[name]);
  history[step ? 'pushState' : 'replaceState'](null, '', address);
  readAddress();
  return true;
}
