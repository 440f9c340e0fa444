import { isUtf8 } from 'node:buffer';
import { inertText, jsonLimits } from '@store/foundation';
import type { EnvelopeCode, RawPart, RefusedPart } from './envelope-part.js';
import { intakeLimits } from './intake-limits.js';

/** Refuses a message with more records than it may have. */
export const tooMany = (place: string, { most }: { readonly most: number }, raw: RawPart): RefusedPart =>
  refused(place, 'TOO_MANY_RECORDS', `Expected at most ${most} records, got more.`, raw);

/** Refuses a value that is nested too deeply. */
export const tooDeep = (place: string, raw: RawPart): RefusedPart =>
  refused(place, 'TOO_DEEP', `Expected at most ${jsonLimits.maxDepth} levels of nesting.`, raw);

/** Refuses an envelope that is in too many others. */
export const tooNested = (place: string, raw: RawPart): RefusedPart =>
  refused(
    place,
    'TOO_NESTED',
    `Expected at most ${intakeLimits.envelopeDepth} envelopes within each other.`,
    raw,
  );

/** Refuses a type that no reader knows. */
export const unsupported = (place: string, raw: RawPart): RefusedPart =>
  refused(place, 'UNSUPPORTED_TYPE', 'Expected JSON, lines of JSON, CSV or a form.', raw);

/** Refuses an object with a key that appears twice. */
export const duplicate = (place: string, key: string, text: string): RefusedPart =>
  refused(
    place,
    'DUPLICATE_KEY',
    `Expected each key once in an object, got "${inertText(key, 100)}" twice.`,
    {
      text,
    },
  );

/** A part that cannot be read. */
export function refused(place: string, code: EnvelopeCode, message: string, raw: RawPart): RefusedPart {
  return { kind: 'refused', place, code, message, raw };
}

/** Bytes as they came. */
export const rawOfBytes = (bytes: Buffer): RawPart =>
  isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
