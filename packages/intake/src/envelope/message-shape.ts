import { JsonNumber } from '@store/foundation';
import type { EnvelopeCode } from './envelope-part.js';

/** The fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** What says how a body is to be read. */
export interface BodyHints {
  /** As in HTTP, with its parameters. */
  readonly contentType?: string;
  /** As in HTTP: `gzip`. */
  readonly contentEncoding?: string;
  /** Name of the file that it was, for its extension. */
  readonly name?: string;
}

/** What one message of an envelope carries. */
export type MessageBody =
  | { readonly is: 'text'; readonly text: string; readonly hints?: BodyHints }
  | { readonly is: 'base64'; readonly data: string; readonly hints?: BodyHints }
  | { readonly is: 'value'; readonly value: unknown }
  /** An item of DynamoDB, not yet plain: its depth is not known. */
  | { readonly is: 'item'; readonly item: Fields }
  | {
      readonly is: 'object';
      readonly bucket: string;
      readonly key: string;
      readonly versionId: string | undefined;
    }
  | { readonly is: 'control'; readonly what: string }
  | { readonly is: 'refused'; readonly code: EnvelopeCode; readonly message: string };

/** One message of an envelope, as the envelope had it. */
export interface ShapeMessage {
  /** What the source calls it; empty where it has no name. */
  readonly id: string;
  readonly body: MessageBody;
  /** The message whole, for who keeps it. */
  readonly of: unknown;
}

/** An envelope that is taken apart by one step. */
export interface Shape {
  /** Its name in a place, and its row in the table of envelopes. */
  readonly kind: ShapeKind;
  readonly messages: readonly ShapeMessage[];
}

/** The envelopes that are known, by their names in places and in the README's table. */
export const shapeKinds = [
  'sqs',
  'sns',
  'kinesis',
  'dynamodb',
  's3',
  'eventbridge',
  'kafka',
  'activemq',
  'rabbitmq',
  'logs',
  'firehose',
  'destination',
  'door',
  'reject',
] as const;

/** An envelope that is known. */
export type ShapeKind = (typeof shapeKinds)[number];

/** True for a JSON object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

/** The text that a value is, or an empty one. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** A body that came as text; anything else is refused. */
export function textBody(text: unknown, hints?: BodyHints): MessageBody {
  if (typeof text !== 'string') return noBody(text);
  return { is: 'text', text, ...(hints === undefined ? {} : { hints }) };
}

/** A body that came in base64; anything else is refused. */
export function base64Body(data: unknown, hints?: BodyHints): MessageBody {
  if (typeof data !== 'string') return noBody(data);
  return { is: 'base64', data, ...(hints === undefined ? {} : { hints }) };
}

const noBody = (got: unknown): MessageBody => ({
  is: 'refused',
  code: 'NO_BODY',
  message: `Expected the body to be text, got ${got === null ? 'null' : typeof got}.`,
});
