// What is shown where there is nothing to show: why, and what to do next, with the very command.
import { chosen, addressOf } from './address.js';
import { command, el } from './dom.js';

/** ` --environment NAME`, where another than the default one is shown. */
export function environmentOption() {
  return chosen.environment === 'default' ? '' : ` --environment ${chosen.environment}`;
}

export function nothingYet() {
  const within = chosen.minutes !== '0';
  return el('div', { class: 'empty' },
    el('p', { class: 'empty-title', text: within ? 'Nothing has happened in the time shown' : 'Nothing has happened here yet' }),
    within ? el('p', {}, el('a', { class: 'link', href: addressOf({ minutes: '0' }), text: 'Show everything that is kept' }),
      el('span', { text: ', or make something happen:' }))
      : el('p', { text: 'Deploy an application and send it a request. The map draws itself from what really happens.' }),
    command(`./virga deploy template.yaml --stack app${environmentOption()}`),
    command(`./virga invoke FUNCTION --payload '{}'${environmentOption()}`));
}

export function noTraces() {
  const filtered = chosen.resource || chosen.find || chosen.failed;
  return el('li', { class: 'empty' },
    el('p', { class: 'empty-title', text: filtered ? 'No trace matches' : 'No traces in the time shown' }),
    filtered ? el('p', {}, el('a', { class: 'link', href: addressOf({ resource: '', find: '', failed: '' }), text: 'Show all traces' })) : null,
    !filtered && chosen.minutes !== '0' ? el('p', {}, el('a', { class: 'link', href: addressOf({ minutes: '0' }), text: 'Show everything that is kept' })) : null,
    filtered ? null : command(`./virga invoke FUNCTION --payload '{}'${environmentOption()}`));
}

export function noTrace(words) {
  return el('div', { class: 'empty' },
    el('p', { class: 'empty-title', text: words }),
    el('p', { text: 'Records are trimmed when they grow old, and go with their environment.' }),
    el('p', {}, el('a', { class: 'link', href: addressOf({ page: 'traces' }), text: 'Show the latest traces' })),
    command(`./virga trace --list${environmentOption()}`));
}

export function noEnvironment(names) {
  return el('div', { class: 'empty' },
    el('p', { class: 'empty-title', text: `There is no environment ${chosen.environment}` }),
    el('p', {}, el('span', { text: 'There are: ' }), ...names.flatMap((name, i) => [
      i > 0 ? el('span', { text: ', ' }) : null,
      el('a', { class: 'link', href: addressOf({ environment: name, page: 'map', resource: '' }), text: name })])),
    command(`./virga env create ${chosen.environment}`));
}
