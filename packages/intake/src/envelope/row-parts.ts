import { readJson } from '@store/foundation';
import { IntakeError } from '../errors.js';
import { CsvReader } from '../records/csv-reader.js';
import type { SourceItem } from '../records/source-item.js';
import type { EnvelopePart } from './envelope-part.js';
import { refused } from './refusals.js';

/**
 * True for a text that is rows below a header: its first line has a delimiter and is no JSON, and no line begins as a JSON
 * record does.
 */
export function looksLikeRows(text: string): boolean {
  // Step by step: one expression for both lines takes the square of the time of a text that is mostly blanks.
  const lines = text.trimStart();
  const end = lines.search(/[\r\n]/);
  if (end === -1 || !/[^\r\n]/.test(lines.slice(end))) return false;
  const first = lines.slice(0, end);
  if (/(^|[\r\n])[ \t]*[[{]/.test(text)) return false;
  return /[,;\t|]/.test(first) && !readJson(first).ok;
}

/** Characters that are read between two looks at how many rows there are. */
const PIECE_CHARS = 1 << 16;

/**
 * The parts of rows below a header. The text of each begins with the header's line, so that it can be read by itself; a row
 * that cannot be read is refused alone, and a header that cannot, with everything below it. Of a text with more rows than
 * `most` it returns a few more than `most`.
 */
export function rowParts(
  text: string,
  place: string,
  delimiter: string | undefined,
  most: number,
): readonly EnvelopePart[] {
  if (text.includes('\0')) {
    return [refused(place, 'NOT_CSV', 'Expected rows of text, got a NUL character.', { text })];
  }
  const reader = new CsvReader(delimiter === undefined ? {} : { delimiter });
  try {
    // By lines up to the header, so that it is known as it is there, with what is above it.
    let at = 0;
    while (reader.header === undefined && text.includes('\n', at)) {
      const end = text.indexOf('\n', at) + 1;
      reader.push(text.slice(at, end));
      at = end;
    }
    const found = reader.header === undefined ? undefined : withoutLineEnds(text.slice(0, at));
    const items: SourceItem[] = [];
    const take = (more: readonly SourceItem[]): void => {
      for (const item of more) items.push(item);
    };
    for (; at < text.length && items.length <= most; at += PIECE_CHARS)
      take(reader.push(text.slice(at, at + PIECE_CHARS)));
    if (items.length <= most) take(reader.end());
    const lineOf = (names: readonly string[]): string => names.map(quoted).join(reader.delimiter);
    const header = found ?? lineOf(reader.header ?? []);
    return items.map((item, index): EnvelopePart => {
      const at = `${place}/row[${index}]`;
      const own = `${item.columns === undefined ? header : lineOf(item.columns)}\n${item.raw}`;
      if (item.empty === true) return { kind: 'control', place: at, what: 'an empty row' };
      if (item.problem === undefined) return { kind: 'record', place: at, value: item.value, text: own };
      const message = `${item.problem.code}: ${item.problem.message}`;
      return refused(at, 'NOT_CSV', message, { text: own });
    });
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    const message = `${error.code}: ${error.message}`;
    return [refused(place, 'NOT_CSV', message, { text })];
  }
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A name as RFC 4180 writes it. */
const quoted = (name: string): string =>
  /^[\p{L}\p{N}_ .()-]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
