import type { ExtractName } from './document.js';

/** Takes a part of a text; undefined where the text does not have the form. */
export type Extract = (text: string) => string | undefined;

/** Longer texts are no amounts: the patterns take the square of the time of a run of blanks. */
const MOST_CHARACTERS = 256;

/** The named patterns. */
export const extracts: Readonly<Record<ExtractName, Extract>> = Object.freeze({
  amount,
  'code-in-brackets': (text) => bracketed(text)?.code ?? text,
  'first-of-list': (text) => text.split(',', 1)[0]?.trim(),
  'first-of-path': (text) => text.split('>', 1)[0]?.trim(),
  'last-of-path': (text) => text.slice(text.lastIndexOf('>') + 1).trim(),
  'name-after-brackets': (text) => bracketed(text)?.name ?? text,
} satisfies Record<ExtractName, Extract>);

function bracketed(text: string): { readonly code: string; readonly name: string } | undefined {
  const end = text.indexOf(']');
  if (!text.startsWith('[') || end < 0) return undefined;
  return { code: text.slice(1, end).trim(), name: text.slice(end + 1).trim() };
}

/**
 * What people write beside an amount for its currency: a sign, alone or behind letters (`€`, `R$`, `CA$`), a code of three
 * letters, or a short word of the country.
 */
const currency = String.raw`(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|kr\.?|Kč|zł|Ft|lei|Rp\.?|RM|S/\.?|руб\.?|р\.|грн\.?|円|元|원)`;
const amountPattern = new RegExp(
  String.raw`^([-\u2212]?)(?:${currency})?\s*([-+\u2212]?[\d.,'’\s]*\d)(?:,-|,–)?\s*(?:${currency})?$`,
  'u',
);

/** Below zero, as accounts write it, `(12.50)`, and as SAP and other old programs do, `12.50-`. */
const bracketsPattern = /^\(\s*([^-+\u2212()]+)\)$/;
const minusBehindPattern = new RegExp(String.raw`^([^-+\u2212]*\d)\s?[-\u2212]((?:\s*${currency})?)$`, 'u');

/**
 * The number of an amount, with its sign before it; a mark of its currency may be on either side, and `,-` instead of a
 * fraction of zero.
 */
function amount(text: string): string | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const behind = minusBehindPattern.exec(text);
  const positive =
    behind === null ? bracketsPattern.exec(text)?.[1]?.trim() : `${behind[1] ?? ''}${behind[2] ?? ''}`;
  const found = amountPattern.exec(positive ?? text);
  if (found === null) return undefined;
  return `${positive === undefined ? (found[1] ?? '') : '-'}${found[2] ?? ''}`;
}
