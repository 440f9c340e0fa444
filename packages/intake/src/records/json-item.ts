import { readJson, type JsonReading } from '@store/foundation';
import { tooLong, type SourceItem } from './source-item.js';

/** Reads the text of one JSON document. */
export type JsonTextReader = (text: string) => JsonReading;

/** Reads numbers that a double does not hold as `JsonNumber` of `@store/foundation`. */
export const exactReader: JsonTextReader = (text) => readJson(text, { numbers: 'value' });

/** Returns the record that a JSON text tells of, or why it is none. */
export function jsonItem(line: number, raw: string, text: string, read: JsonTextReader): SourceItem {
  const reading = read(text);
  if (!reading.ok) {
    const { code, message } = reading.failure;
    const problem = { code: code === 'DEPTH' ? 'NESTED_TOO_DEEPLY' : 'MALFORMED_JSON', message };
    return { line, raw, problem };
  }
  const { duplicateKey } = reading;
  if (duplicateKey === undefined) return { line, raw, value: reading.value };
  const message = `Expected each key once, got ${JSON.stringify(duplicateKey.slice(0, 100))} twice in one object.`;
  return { line, raw, problem: { code: 'DUPLICATE_KEY', message } };
}

/** A part of a record that is too long. */
export const longPart = (line: number, raw: string, isFirst: boolean): SourceItem => ({
  line,
  raw,
  problem: tooLong,
  ...(isFirst ? {} : { continues: true }),
});
