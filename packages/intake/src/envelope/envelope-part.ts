import { stringifyJson } from '@store/foundation';

/** Bytes as they came: as text where they are UTF-8, else in base64. */
export type RawPart = { readonly text: string } | { readonly base64: string };

/** Why a part is no record. */
export type EnvelopeCode =
  | 'NO_BODY'
  | 'NOT_BASE64'
  | 'INVALID_UTF8'
  | 'NOT_JSON'
  | 'NOT_CSV'
  | 'TOO_DEEP'
  | 'DUPLICATE_KEY'
  | 'TOO_MANY_RECORDS'
  | 'TOO_NESTED'
  | 'TOO_LARGE'
  | 'DAMAGED'
  | 'NO_NEW_IMAGE'
  | 'NO_OBJECT'
  | 'METHOD_NOT_ALLOWED'
  | 'UNSUPPORTED_TYPE';

/** One record of a message, for a mapping to read. */
export interface RecordPart {
  /** What the part is. */
  readonly kind: 'record';
  /** The way from the event to the part, outermost first: `sqs[3]/sns[0]/record[2]`. */
  readonly place: string;
  /** What its text says; of a row, text by the names of the header. */
  readonly value: unknown;
  /** Its text as it came; `undefined` where it came as a value. */
  readonly text: string | undefined;
}

/** An object in S3 that holds the records: whoever has a client reads it, and calls `readBody`. */
export interface ObjectPart {
  /** What the part is. */
  readonly kind: 'object';
  /** The way from the event to the part, outermost first: `sqs[3]/sns[0]/record[2]`. */
  readonly place: string;
  /** Name of the bucket. */
  readonly bucket: string;
  /** Key of the object, decoded. */
  readonly key: string;
  /** Version of the object, in a bucket that has versions. */
  readonly versionId: string | undefined;
  /** The notification that names it. */
  readonly raw: RawPart;
}

/** A part that cannot be read, whole. */
export interface RefusedPart {
  /** What the part is. */
  readonly kind: 'refused';
  /** The way from the event to the part, outermost first: `sqs[3]/sns[0]/record[2]`. */
  readonly place: string;
  /** Why, for programs. */
  readonly code: EnvelopeCode;
  /** Why, as a sentence. */
  readonly message: string;
  /** The part as it came, whole. */
  readonly raw: RawPart;
}

/** A service's own message that carries nothing of a sender: a probe, a test event, an empty object. */
export interface ControlPart {
  /** What the part is. */
  readonly kind: 'control';
  /** The way from the event to the part, outermost first: `sqs[3]/sns[0]/record[2]`. */
  readonly place: string;
  /** What the service says with it. */
  readonly what: string;
}

/** What is found in an envelope. */
export type EnvelopePart = RecordPart | ObjectPart | RefusedPart | ControlPart;

/**
 * Returns a part as it came, whole. A record that came as a value is written as JSON.
 *
 * @example
 * ```ts
 * import { rawOf, unwrap } from '@store/intake';
 *
 * const [message] = unwrap([{ store_id: 'S1' }]).messages;
 * console.log(message?.parts.map(rawOf)); // [ { text: '{"store_id":"S1"}' } ]
 * ```
 */
export function rawOf(part: EnvelopePart): RawPart {
  switch (part.kind) {
    case 'record':
      return { text: part.text ?? stringifyJson(part.value ?? null) };
    case 'control':
      return { text: part.what };
    case 'object':
    case 'refused':
      return part.raw;
  }
}
