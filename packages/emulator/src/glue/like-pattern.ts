type Part = 'any text' | 'any character' | { readonly character: string };

/** Compiles a LIKE pattern: `%` is any text, `_` one character, and a backslash takes the next one as it is. */
export function likePattern(pattern: string): (text: string) => boolean {
  const parts = partsOf(pattern);
  return (text) => matches(Array.from(text), parts);
}

function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const next = characters[at + 1] ?? '';
    if (character === '\\' && ['%', '_', '\\'].includes(next)) {
      parts.push({ character: next });
      at += 1;
    } else if (character === '%') {
      if (parts.at(-1) !== 'any text') parts.push('any text');
    } else parts.push(character === '_' ? 'any character' : { character });
  }
  return parts;
}

/** Goes back to the last `%` alone, so that a pattern costs at most its length times that of the text. */
function matches(text: readonly string[], parts: readonly Part[]): boolean {
  let at = 0;
  let part = 0;
  let lastAny = -1;
  let resumeAt = 0;
  while (at < text.length) {
    const wanted = parts[part];
    if (wanted === 'any text') {
      lastAny = part;
      resumeAt = at;
      part += 1;
    } else if (wanted === 'any character' || (wanted !== undefined && wanted.character === text[at])) {
      at += 1;
      part += 1;
    } else if (lastAny >= 0) {
      resumeAt += 1;
      at = resumeAt;
      part = lastAny + 1;
    } else return false;
  }
  return parts.slice(part).every((left) => left === 'any text');
}
