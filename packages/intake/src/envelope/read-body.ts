import { inertText, stringifyJson, type JsonReading } from '@store/foundation';
import { createRecordReader } from '../to-inventory-event.js';
import { deaggregate } from './aggregated-records.js';
import { plainItem } from './attribute-value.js';
import { bodyTypeOf, charsetOf, formFields, type BodyType } from './body-type.js';
import { base64Bytes, decodedText, isTooDeep } from './body-bytes.js';
import type { EnvelopePart, RawPart } from './envelope-part.js';
import { shapeOf } from './event-shape.js';
import { intakeLimits } from './intake-limits.js';
import type { BodyHints, Shape, ShapeMessage } from './message-shape.js';
import { duplicate, rawOfBytes, refused, tooDeep, tooMany, tooNested, unsupported } from './refusals.js';
import { looksLikeRows, rowParts } from './row-parts.js';
import { splitJson } from './split-text.js';
import { unpack, type UnpackBudget } from './unpack.js';

/** How bytes and rows are read that do not say so themselves: what a mapping's document says of its source. */
export interface BodyOptions {
  /** Name of an encoding. @defaultValue that of the content type, else what the bytes say: UTF-8, or UTF-16 by its marks */
  readonly encoding?: string | undefined;
  /** Between the fields of a row. @defaultValue the one that the header has most often */
  readonly delimiter?: string | undefined;
}

/** What the parts of one event share. */
export interface Reading {
  readonly options: BodyOptions;
  readonly budget: UnpackBudget;
  /** The messages of one source are alike, so what is learned of a body holds for the next. */
  readonly read: (text: string) => JsonReading;
  /** Most records of a message. */
  readonly most: number;
  /** Records that the message may still have; below zero, it is refused whole. */
  left: number;
}

/** Begins to read an event, whose messages may have this many records each. */
export function beginReading(most: number, options: BodyOptions): Reading {
  return {
    options,
    budget: { left: intakeLimits.unpackedBytes },
    read: createRecordReader(),
    most,
    left: most,
  };
}

/**
 * Returns the parts of an object's or file's bytes: decompressed, split and parsed, and taken out of further envelopes. What
 * cannot be read is a refused part, whole; it takes nothing from the others.
 *
 * @example
 * ```ts
 * import { readBody } from '@store/intake';
 *
 * const parts = readBody(Buffer.from('{"store_id":"S1"}\n{"store_id":'), { name: 'stock.ndjson' });
 * console.log(parts.map(({ kind }) => kind)); // [ 'record', 'refused' ]
 * ```
 */
export function readBody(
  bytes: Buffer,
  hints: BodyHints = {},
  place = 'object',
  options: BodyOptions = {},
): readonly EnvelopePart[] {
  const reading = beginReading(intakeLimits.objectRecords, options);
  const parts = bytesParts(bytes, hints, place, reading, 0);
  return reading.left < 0 ? [tooMany(place, reading, rawOfBytes(bytes))] : parts;
}

/** The parts of one message. One with more records than it may have is refused whole. */
export function messageParts(
  message: ShapeMessage,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  const { body, of } = message;
  const whole = (): RawPart => ({ text: stringifyJson(of ?? null) });
  switch (body.is) {
    case 'text': {
      const { text, hints = {} } = body;
      const isEncoded = (hints.contentEncoding ?? '') !== '';
      return isEncoded
        ? bytesParts(Buffer.from(text), hints, place, reading, depth)
        : textParts(text, bodyTypeOf(hints), place, reading, depth);
    }
    case 'base64': {
      const bytes = base64Bytes(body.data);
      if (bytes === undefined) {
        return [refused(place, 'NOT_BASE64', 'Expected the body to be base64.', { text: body.data })];
      }
      return bytesParts(bytes, body.hints ?? {}, place, reading, depth);
    }
    case 'value':
    case 'item': {
      const value = body.is === 'item' ? body.item : body.value;
      if (isTooDeep(value)) return [tooDeep(place, { text: stringifyJson(value ?? null) })];
      return valueParts(body.is === 'item' ? plainItem(body.item) : value, undefined, place, reading, depth);
    }
    case 'object': {
      const { bucket, key, versionId } = body;
      return [{ kind: 'object', place, bucket, key, versionId, raw: whole() }];
    }
    case 'control':
      return [{ kind: 'control', place, what: body.what }];
    case 'refused':
      return [refused(place, body.code, body.message, whole())];
  }
}

/** The parts of all messages of an envelope, with the place of each. */
export function shapeParts(
  shape: Shape,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  const at = place === '' ? shape.kind : `${place}/${shape.kind}`;
  return shape.messages.flatMap((message, index) => messageParts(message, `${at}[${index}]`, reading, depth));
}

function bytesParts(
  given: Buffer,
  hints: BodyHints,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  const type = bodyTypeOf(hints);
  if (type === 'unsupported') return [unsupported(place, rawOfBytes(given))];
  const aggregated = aggregateParts(given, hints, place, reading, depth);
  if (aggregated !== undefined) return aggregated;
  const unpacked = unpack(given, hints.contentEncoding ?? '', reading.budget);
  if (!unpacked.ok) return [refused(place, unpacked.code, unpacked.message, rawOfBytes(given))];
  const { bytes } = unpacked;
  const within = bytes === given ? undefined : aggregateParts(bytes, hints, place, reading, depth);
  if (within !== undefined) return within;
  const text = decodedText(bytes, reading.options.encoding ?? charsetOf(hints));
  if (typeof text !== 'string') return [refused(place, 'INVALID_UTF8', text.message, rawOfBytes(given))];
  return textParts(text, type, place, reading, depth);
}

/** The parts of an aggregate of the Kinesis Producer Library; `undefined` where the bytes are none. */
function aggregateParts(
  bytes: Buffer,
  { contentType, name }: BodyHints,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] | undefined {
  const aggregate = deaggregate(bytes);
  if (aggregate === undefined) return undefined;
  if (!aggregate.ok) return [refused(place, aggregate.code, aggregate.message, rawOfBytes(bytes))];
  if (depth >= intakeLimits.envelopeDepth) return [tooNested(place, rawOfBytes(bytes))];
  // What the sender said of the compression was said of the whole.
  const hints = {
    ...(contentType === undefined ? {} : { contentType }),
    ...(name === undefined ? {} : { name }),
  };
  return aggregate.records.flatMap((record, index) =>
    bytesParts(record, hints, `${place}/aggregate[${index}]`, reading, depth + 1),
  );
}

function textParts(
  given: string,
  type: BodyType,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  if (type === 'unsupported') return [unsupported(place, { text: given })];
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  if (type === 'form') return [formPart(text, place, reading)];
  if (type === 'rows' || (type === 'any' && looksLikeRows(text))) {
    const rows = rowParts(text, place, reading.options.delimiter, reading.most);
    reading.left -= rows.length;
    return rows;
  }
  // One value on one line is most of what comes: it is not looked at twice.
  if (text.startsWith('{') && !text.trimEnd().includes('\n')) {
    const whole = reading.read(text);
    if (whole.ok) return readParts(whole, text, place, reading, depth);
  }
  const texts = splitJson(text, reading.most);
  if (texts.length > reading.most) {
    reading.left = -1;
    return [];
  }
  // An array without events is one; no text at all is none.
  if (texts.length === 0 && text.trim() === '')
    return [refused(place, 'NOT_JSON', expected, { text: given })];
  const only = texts.length === 1;
  return texts.flatMap((item, index) =>
    readParts(reading.read(item), item, only ? place : `${place}/record[${index}]`, reading, depth),
  );
}

const expected = 'Expected JSON: one event, an array of events, or one a line.';

function readParts(
  read: JsonReading,
  text: string,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  if (!read.ok) {
    const { code, message } = read.failure;
    if (code === 'DEPTH') return [tooDeep(place, { text })];
    return [refused(place, 'NOT_JSON', `${expected} ${inertText(message, 200)}`, { text })];
  }
  if (read.duplicateKey !== undefined) return [duplicate(place, read.duplicateKey, text)];
  return valueParts(read.value, text, place, reading, depth);
}

function valueParts(
  value: unknown,
  text: string | undefined,
  place: string,
  reading: Reading,
  depth: number,
): readonly EnvelopePart[] {
  const shape = shapeOf(value);
  if (shape !== undefined && shape !== 'unknown') {
    if (depth >= intakeLimits.envelopeDepth) {
      return [tooNested(place, { text: text ?? stringifyJson(value) })];
    }
    if (shape.messages.length === 0)
      return [{ kind: 'control', place, what: `${shape.kind} without messages` }];
    return shapeParts(shape, place, reading, depth + 1);
  }
  if (Array.isArray(value) && text === undefined) {
    return value.flatMap((item: unknown, index) =>
      valueParts(item, undefined, `${place}/record[${index}]`, reading, depth),
    );
  }
  reading.left -= 1;
  return [{ kind: 'record', place, value, text }];
}

function formPart(text: string, place: string, reading: Reading): EnvelopePart {
  const form = formFields(text);
  if (form === undefined) return refused(place, 'DAMAGED', 'Expected a form in percent encoding.', { text });
  if (form.duplicateKey !== undefined) return duplicate(place, form.duplicateKey, text);
  reading.left -= 1;
  return { kind: 'record', place, value: form.fields, text };
}
