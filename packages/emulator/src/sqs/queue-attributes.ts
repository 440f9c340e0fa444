import { ServiceError } from '../wire/service-error.js';
import { invalidAttribute } from './sqs-rules.js';
import {
  MAX_DELAY_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
} from './sqs-rules.js';

/** A queue's attributes as AWS names and writes them: all text. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface NumberAttribute {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** Attributes that are whole numbers, with AWS's ranges and defaults. */
const numbers: ReadonlyMap<string, NumberAttribute> = new Map([
  ['VisibilityTimeout', { min: 0, max: MAX_VISIBILITY_SECONDS, default: 30 }],
  ['DelaySeconds', { min: 0, max: MAX_DELAY_SECONDS, default: 0 }],
  ['MaximumMessageSize', { min: 1024, max: MAX_MESSAGE_BYTES, default: MAX_MESSAGE_BYTES }],
  ['MessageRetentionPeriod', { min: 60, max: 1_209_600, default: 345_600 }],
  ['ReceiveMessageWaitTimeSeconds', { min: 0, max: MAX_WAIT_SECONDS, default: 0 }],
]);

const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['FifoQueue', ['true']],
  ['ContentBasedDeduplication', ['true', 'false']],
  ['DeduplicationScope', ['queue', 'messageGroup']],
  ['FifoThroughputLimit', ['perQueue', 'perMessageGroupId']],
  ['SqsManagedSseEnabled', ['true', 'false']],
]);

/** Kept as they come: the endpoint has neither policies nor keys. */
const kept = new Set(['Policy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds']);
const fifoOnly = new Set(['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']);

/** What a redrive policy says. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Checks attributes that a caller sets on a queue of that name. */
export function checkAttributes(attributes: QueueAttributes, name: string): void {
  const fifo = name.endsWith('.fifo');
  for (const [attribute, value] of Object.entries(attributes)) {
    const range = numbers.get(attribute);
    const allowed = choices.get(attribute);
    if (range !== undefined) {
      const number = /^[0-9]+$/.test(value) ? Number(value) : NaN;
      if (!(number >= range.min && number <= range.max)) throw invalidAttribute(attribute);
    } else if (allowed !== undefined) {
      if (!allowed.includes(value)) throw invalidAttribute(attribute);
    } else if (attribute === 'RedrivePolicy') {
      if (value !== '') parseRedrivePolicy(value);
    } else if (!kept.has(attribute)) {
      throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${attribute}.`);
    }
    if (fifoOnly.has(attribute) && !fifo) {
      throw new ServiceError(
        'InvalidAttributeName',
        `You can specify the ${attribute} only when FifoQueue is set to true.`,
      );
    }
  }
}

/** Reads a redrive policy. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidAttribute('RedrivePolicy');
  }
  if (typeof value !== 'object' || value === null) throw invalidAttribute('RedrivePolicy');
  const target = 'deadLetterTargetArn' in value ? value.deadLetterTargetArn : undefined;
  const count = Number('maxReceiveCount' in value ? value.maxReceiveCount : NaN);
  if (typeof target !== 'string' || !Number.isInteger(count) || count < 1 || count > 1000) {
    throw invalidAttribute('RedrivePolicy');
  }
  return { deadLetterTargetArn: target, maxReceiveCount: count };
}

/** A number attribute's value, or its default. */
export function numberAttribute(attributes: QueueAttributes, name: string): number {
  return Number(attributes[name] ?? numbers.get(name)?.default);
}

/** All attributes with a value, defaults included. */
export function withDefaults(attributes: QueueAttributes): QueueAttributes {
  const defaults = Array.from(numbers, ([name, range]): [string, string] => [name, String(range.default)]);
  const fifo =
    attributes.FifoQueue === 'true'
      ? { ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }
      : {};
  const all: QueueAttributes = Object.fromEntries(defaults);
  return { ...all, ...fifo, SqsManagedSseEnabled: 'true', ...attributes };
}
