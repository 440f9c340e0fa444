import { ServiceError } from '../wire/service-error.js';
import { checkRedriveAllowPolicy } from './redrive-allow-policy.js';
import { formatRedrivePolicy } from './redrive-policy.js';
import {
  invalidAttribute,
  MAX_DELAY_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
  unknownAttribute,
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

/** How long a data key of KMS is used: a number without a default of its own. */
const reusePeriod: Pick<NumberAttribute, 'min' | 'max'> = { min: 60, max: 86_400 };

const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['DeduplicationScope', ['queue', 'messageGroup']],
  ['FifoThroughputLimit', ['perQueue', 'perMessageGroupId']],
]);

/** Attributes that are true or false, in any letters: Python writes `True`. */
const booleans = new Set(['FifoQueue', 'ContentBasedDeduplication', 'SqsManagedSseEnabled']);

/** Kept as they come: the endpoint has neither policies nor keys. */
const kept = new Set(['Policy', 'RedriveAllowPolicy', 'KmsMasterKeyId']);
/** Attributes that a standard queue does not know at all. */
const unknownToStandard = new Set(['FifoQueue', 'ContentBasedDeduplication']);
/** Attributes that a standard queue knows and does not take. */
const refusedByStandard = new Set(['DeduplicationScope', 'FifoThroughputLimit']);

/** Checks attributes that a caller sets on a queue of that name, and returns them as they are kept. */
export function checkedAttributes(given: QueueAttributes, name: string): QueueAttributes {
  const fifo = name.endsWith('.fifo');
  return Object.fromEntries(
    Object.entries(given).map(([attribute, value]) => {
      if (!fifo && unknownToStandard.has(attribute)) throw unknownAttribute(attribute);
      if (!fifo && refusedByStandard.has(attribute)) {
        throw new ServiceError(
          'InvalidAttributeName',
          `You can specify the ${attribute} only when FifoQueue is set to true.`,
        );
      }
      return [attribute, checkedValue(attribute, value)];
    }),
  );
}

function checkedValue(attribute: string, value: string): string {
  const range = attribute === 'KmsDataKeyReusePeriodSeconds' ? reusePeriod : numbers.get(attribute);
  if (range !== undefined) {
    const number = /^[0-9]+$/.test(value) ? Number(value) : NaN;
    if (!(number >= range.min && number <= range.max)) throw invalidAttribute(attribute);
    return String(number);
  }
  if (booleans.has(attribute)) {
    const small = value.toLowerCase();
    if (small !== 'true' && small !== 'false') throw invalidAttribute(attribute);
    if (attribute === 'FifoQueue' && small === 'false') {
      throw invalidAttribute(attribute, 'Modifying queue type is not supported.');
    }
    return small;
  }
  const allowed = choices.get(attribute);
  if (allowed !== undefined) {
    if (!allowed.includes(value)) throw invalidAttribute(attribute);
    return value;
  }
  if (attribute === 'RedrivePolicy') return value === '' ? '' : formatRedrivePolicy(value);
  if (attribute === 'RedriveAllowPolicy') checkRedriveAllowPolicy(value);
  if (!kept.has(attribute)) throw unknownAttribute(attribute);
  return value;
}

/** The attributes of a queue once `given` is set: a queue is encrypted by a key of KMS or by SQS, never by both. */
export function withAttributes(before: QueueAttributes, given: QueueAttributes): QueueAttributes {
  const byKey = (given.KmsMasterKeyId ?? '') !== '';
  const bySqs = given.SqsManagedSseEnabled === 'true';
  if (byKey && bySqs) {
    throw new ServiceError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  const after: Record<string, string> = { ...before, ...given };
  if (byKey) after.SqsManagedSseEnabled = 'false';
  if (bySqs) after.KmsMasterKeyId = '';
  // Without a key its reuse period goes, even one that is set in the same call.
  if ((after.KmsMasterKeyId ?? '') === '') delete after.KmsDataKeyReusePeriodSeconds;
  return after;
}

/** A number attribute's value, or its default. */
export function numberAttribute(attributes: QueueAttributes, name: string): number {
  return Number(attributes[name] ?? numbers.get(name)?.default);
}

/** All attributes with a value, defaults included, as answers show them. */
export function withDefaults(attributes: QueueAttributes): QueueAttributes {
  const defaults = Array.from(numbers, ([name, range]): [string, string] => [name, String(range.default)]);
  const fifo =
    attributes.FifoQueue === 'true'
      ? { ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }
      : {};
  const key = (attributes.KmsMasterKeyId ?? '') === '' ? {} : { KmsDataKeyReusePeriodSeconds: '300' };
  const policy = attributes.RedrivePolicy ?? '';
  return {
    ...Object.fromEntries(defaults),
    ...fifo,
    ...key,
    SqsManagedSseEnabled: 'true',
    ...attributes,
    // Earlier releases kept the policy as it was written.
    ...(policy === '' ? {} : { RedrivePolicy: formatRedrivePolicy(policy) }),
  };
}
