import { blob, map, structure, text, type Shape } from '../wire/shape.js';
import { createHash } from 'node:crypto';
import { invalidParameter } from './sqs-rules.js';
import { MAX_MESSAGE_ATTRIBUTES } from './sqs-rules.js';

/** One attribute of a message; a binary value stays in base64, as the wire has it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

// Letters of any alphabet, as AWS takes them, though its guide names A to Z alone.
const namePattern = /^(?!aws\.|amazon\.)[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*$/iu;
const typePattern = /^(String|Number|Binary)(?:\..+)?$/;

/** An attribute as a request brings it. */
interface AttributeInput {
  readonly DataType?: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** Attributes as a request brings them. */
export type AttributesInput = Readonly<Record<string, AttributeInput>>;

/** What a request's attributes must look like. */
export const attributesShape: Shape<AttributesInput> = map(
  structure({ DataType: text(), StringValue: text(), BinaryValue: blob() }),
);

/** Checks a message's attributes and returns them; `undefined` when there are none. */
export function messageAttributesOf(given: AttributesInput = {}): MessageAttributes | undefined {
  const entries = Object.entries(given);
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(entries.map(([name, attribute]) => [name, attributeOf(name, attribute)]));
}

function attributeOf(
  name: string,
  { DataType = '', StringValue, BinaryValue }: AttributeInput,
): MessageAttribute {
  if (!namePattern.test(name) || name.length > 256) {
    throw invalidParameter(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    );
  }
  const kind = typePattern.exec(DataType)?.[1];
  if (kind === undefined) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const value = kind === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value === '') {
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`,
    );
  }
  if (kind !== 'Binary' && !isXmlText(value)) {
    throw invalidParameter(
      `Message (user) attribute '${name}' contains characters that are not allowed. Allowed are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.`,
    );
  }
  if (kind === 'Number' && !Number.isFinite(Number(value))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return kind === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value };
}

/** Bytes that attributes add to a message's size: names, types and values. */
export function attributeBytes(attributes: AttributesInput | undefined): number {
  let bytes = 0;
  for (const [name, attribute] of Object.entries(attributes ?? {})) {
    const { DataType = '' } = attribute;
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType) + valueOf(attribute).length;
  }
  return bytes;
}

// XML's characters, which are all that SQS takes.
const beyondXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Whether a body or a value is made of the characters that SQS takes. */
export function isXmlText(text: string): boolean {
  return !beyondXml.test(text);
}

function valueOf({ BinaryValue, StringValue }: AttributeInput): Buffer {
  return BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
}

/** MD5 of a text, in hexadecimal, which clients compare with their own. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** MD5 of attributes as SQS defines it: sorted by name, each part behind its length. */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  const names = Object.keys(attributes).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    part(Buffer.from(name));
    part(Buffer.from(attribute.DataType));
    hash.update(Buffer.of(attribute.BinaryValue === undefined ? 1 : 2));
    part(valueOf(attribute));
  }
  return hash.digest('hex');
}
