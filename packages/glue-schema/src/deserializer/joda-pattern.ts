import { isIsoDate } from '../runtime/time.js';
import type { Instant } from './instant.js';

/** Letters of Joda's DateTimeFormat that we read, each as the text it matches. */
const letters: ReadonlyMap<string, string> = new Map([
  ['y', '[0-9]{4}'],
  ['Y', '[0-9]{4}'],
  ['M', '[0-9]{1,2}'],
  ['d', '[0-9]{1,2}'],
  ['H', '[0-9]{1,2}'],
  ['m', '[0-9]{1,2}'],
  ['s', '[0-9]{1,2}'],
  ['S', '[0-9]{1,9}'],
  ['Z', '[+-][0-9]{2}:?[0-9]{2}|Z'],
]);

interface Pattern {
  readonly text: RegExp;
  readonly order: readonly string[];
}

/** Reads a timestamp by a Joda pattern of numbers and literals; other letters never match. */
export function parseJoda(text: string, format: string): Instant | undefined {
  const pattern = compile(format);
  const match = pattern?.text.exec(text);
  if (pattern === undefined || match === undefined || match === null) return undefined;
  const part = (letter: string, otherwise: string): string =>
    match[pattern.order.indexOf(letter) + 1] ?? otherwise;
  const has = (letter: string): boolean => pattern.order.includes(letter);
  const year = has('y') ? part('y', '1970') : has('Y') ? part('Y', '1970') : '1970';
  const two = (letter: string, otherwise: string): string =>
    (has(letter) ? part(letter, otherwise) : otherwise).padStart(2, '0');
  const day = `${year}-${two('M', '01')}-${two('d', '01')}`;
  const zone = has('Z') ? part('Z', 'Z').replace(/^([+-]..):?(..)$/, '$1:$2') : 'Z';
  const millis = Date.parse(`${day}T${two('H', '00')}:${two('m', '00')}:${two('s', '00')}${zone}`);
  if (!isIsoDate(day) || Number.isNaN(millis)) return undefined;
  const fraction = has('S') ? part('S', '') : '';
  return BigInt.asIntN(64, BigInt(millis) * 1_000_000n + BigInt(fraction.padEnd(9, '0')));
}

function compile(format: string): Pattern | undefined {
  const order: string[] = [];
  let source = '';
  for (const [token] of format.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    const letter = token.charAt(0);
    const matched = letters.get(letter);
    if (/^[A-Za-z]/.test(token)) {
      if (matched === undefined) return undefined;
      order.push(letter);
      source += `(${matched})`;
    } else {
      const literal = token.startsWith("'") ? token.slice(1, -1) || "'" : token;
      source += literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    }
  }
  return { text: new RegExp(`^${source}$`), order };
}
