import { isUtf8 } from 'node:buffer';
import { inertText, jsonDocuments, jsonLimits, type JsonReading } from '@store/foundation';
import { createRecordReader } from '@store/intake';

/** One record of a message: its value, or why it has none. */
export type IngestRecord =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: UnreadCode; readonly message: string; readonly text: string };

/** Why a record could not be read. */
export type UnreadCode =
  'NO_BODY' | 'NOT_BASE64' | 'INVALID_UTF8' | 'NOT_JSON' | 'TOO_DEEP' | 'DUPLICATE_KEY' | 'TOO_MANY_RECORDS';

/** What one message may claim. */
export const ingestLimits: Readonly<{ records: number; keptRejects: number; textChars: number }> =
  Object.freeze({
    /** Records of one message: the largest payload of Lambda, 6 MB (2026), holds a third of it in whole events. */
    records: 50_000,
    /** Rejects of one invocation that go to their queue; messages with more are returned to their source. */
    keptRejects: 1000,
    /** Characters of a record that a reject keeps. */
    textChars: 20_000,
  });

/** The messages of one source are alike, so what it learns of a body holds for the next. */
const readRecord = createRecordReader();

const empty = 'Expected JSON: one event, an array of events, or one a line.';

/**
 * Reads the records of a body: JSON of one event or of an array, or events one a line. Each record stands for itself:
 * what is wrong with one takes nothing from the others.
 */
export function readRecords(body: unknown): readonly IngestRecord[] {
  if (typeof body !== 'string') {
    return [
      unread('NO_BODY', `Expected the body to be text, got ${body === null ? 'null' : typeof body}.`, ''),
    ];
  }
  const texts = textsIn(body);
  if (texts.length > ingestLimits.records) {
    const most = ingestLimits.records;
    return [unread('TOO_MANY_RECORDS', `Expected at most ${most} records, got ${texts.length}.`, body)];
  }
  // An array without events is one; no text at all is none.
  if (texts.length === 0 && body.trim() === '') return [unread('NOT_JSON', empty, body)];
  return texts.map((text) => recordOf(readRecord(text), text));
}

/** Reads the records of a body in base64. */
export function readEncodedRecords(body: unknown): readonly IngestRecord[] {
  if (typeof body !== 'string') return readRecords(body);
  const bytes = Buffer.from(body, 'base64');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(body.trim())) {
    return [unread('NOT_BASE64', 'Expected the body to be base64.', body)];
  }
  if (!isUtf8(bytes)) {
    return [unread('INVALID_UTF8', 'Expected the body to be UTF-8.', bytes.toString('utf8'))];
  }
  return readRecords(bytes.toString('utf8'));
}

/** Values that the caller has parsed already, each as a record. */
export function givenRecords(value: unknown): readonly IngestRecord[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > ingestLimits.records) {
    const message = `Expected at most ${ingestLimits.records} records, got ${values.length}.`;
    return [unread('TOO_MANY_RECORDS', message, '')];
  }
  return values.map((item): IngestRecord => {
    if (!isTooDeep(item)) return { ok: true, value: item };
    return unread('TOO_DEEP', `Expected at most ${jsonLimits.maxDepth} levels of nesting.`, '');
  });
}

function recordOf(reading: JsonReading, text: string): IngestRecord {
  if (!reading.ok) {
    const { code, message } = reading.failure;
    return unread(code === 'DEPTH' ? 'TOO_DEEP' : 'NOT_JSON', `${empty} ${inertText(message, 200)}`, text);
  }
  if (reading.duplicateKey === undefined) return { ok: true, value: reading.value };
  const key = inertText(reading.duplicateKey, 100);
  return unread('DUPLICATE_KEY', `Expected each key once in an object, got "${key}" twice.`, text);
}

function unread(code: UnreadCode, message: string, text: string): IngestRecord {
  return { ok: false, code, message, text: text.slice(0, ingestLimits.textChars) };
}

/** The text of each record; a part that is no JSON is one of them. */
function textsIn(body: string): readonly string[] {
  const items = itemsOf(body);
  if (items !== undefined) return items;
  const bytes = Buffer.from(body);
  const texts: string[] = [];
  for (const { start, end } of jsonDocuments(bytes, 0, bytes.length)) {
    const text = bytes.toString('utf8', start, end);
    // A line may hold an array, too.
    for (const item of itemsOf(text) ?? [text]) texts.push(item);
    if (texts.length > ingestLimits.records) break;
  }
  return texts;
}

/** The items of a text that is one array, each as its text; `undefined` for any other text. */
function itemsOf(body: string): readonly string[] | undefined {
  const text = body.trim();
  if (!text.startsWith('[')) return undefined;
  const items: string[] = [];
  let depth = 0;
  let inString = false;
  let from = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === BACKSLASH) at += 1;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPEN_LIST || char === OPEN_OBJECT) depth += 1;
    else if (char === CLOSE_LIST || char === CLOSE_OBJECT) {
      depth -= 1;
      if (depth > 0) continue;
      // What follows the array makes it one of several documents.
      if (at !== text.length - 1) return undefined;
      const last = text.slice(from, at);
      if (last.trim() !== '' || items.length > 0) items.push(last);
    } else if (char === COMMA && depth === 1) {
      items.push(text.slice(from, at));
      from = at + 1;
      if (items.length > ingestLimits.records) return items;
    }
  }
  return depth === 0 ? items : undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Whether a value is nested beyond the limit; it is walked level by level, without the stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > jsonLimits.maxDepth) return true;
    level = level.flatMap((item): unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
  return false;
}
