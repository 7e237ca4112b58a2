// What the cloud answers, and in which words it refuses.

const API = '/_virga/console/api/';

/** The cloud answered, and said no. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** One reading: {json, body}. Throws Refused, or TypeError where nothing answers. */
export async function get(reading, parameters = {}) {
  const answer = await fetch(`${API}${reading}?${new URLSearchParams(parameters)}`, { cache: 'no-store' });
  const body = await answer.text();
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refused(`Virga answered ${answer.status} to ${reading}, and not in JSON: its log tells more`, answer.status);
  }
  if (!answer.ok) throw new Refused(json.message ?? `Virga answered ${answer.status} to ${reading}`, answer.status);
  return { json, body };
}

export function inWords(error) {
  return error instanceof Refused ? `${error.message}.` : `Virga does not answer at ${location.origin}. Trying again every 2 seconds; ./virga up starts it.`;
}
