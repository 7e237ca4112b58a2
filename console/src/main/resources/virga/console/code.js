// JSON with its parts told apart by colour. It is read as text: a number too large for JavaScript stays as it is.
import { el } from './dom.js';

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b/g;
/** Beyond this, colours cost more than they tell. */
const MOST_COLOURED = 60_000;

export function codeOf(text) {
  const code = el('code');
  if (text.length > MOST_COLOURED || !/^\s*[[{]/.test(text)) {
    code.textContent = text;
    return code;
  }
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > at) code.append(text.slice(at, found.index));
    at = found.index + found[0].length;
    const [token, colon] = [found[0], found[1]];
    if (colon) {
      code.append(el('span', { class: 'j-name', text: token.slice(0, -colon.length) }), colon);
    } else {
      code.append(el('span', { class: token.startsWith('"') ? 'j-text' : 'j-value', text: token }));
    }
  }
  code.append(text.slice(at));
  return code;
}
