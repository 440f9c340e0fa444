import { createHash } from 'node:crypto';
import { isKeyTooLong, LONGEST_KEY_BYTES } from '../lake/key-order.js';
import type { BufferSet } from './buffer-set.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { ErrorOutputType } from './error-record.js';
import { objectNaming } from './object-name.js';
import type { DeliveryPlan } from './delivery-plan.js';

/** Where a record came from. */
export interface RecordOrigin {
  readonly arrivalAt: number;
  /** Unique in the stream, rising with arrival. */
  readonly sequenceNumber: string;
  /** Keys that the Lambda processor set. */
  readonly lambdaKeys?: Readonly<Record<string, string>>;
}

/** Partition keys by name. */
type Keys = Readonly<Record<string, string>>;

/** The buffer that takes a record, or why none does. */
export type BufferOutcome =
  | { readonly buffer: DeliveryBuffer; readonly failure?: undefined }
  | {
      readonly buffer?: undefined;
      readonly failure: { readonly type: ErrorOutputType; readonly code: string; readonly message: string };
    };

const none: Keys = {};
const LONGEST_COMPARED = 4_096;

/** Finds, or opens, the buffer of a partition. */
export class PartitionBuffers {
  readonly #plan: DeliveryPlan;
  readonly #buffers: BufferSet;
  readonly #onOpened: (buffer: DeliveryBuffer) => void;
  /** What the last record led to, which is mostly what the next one leads to, too. */
  #last:
    | {
        readonly found: BufferOutcome & { buffer: DeliveryBuffer };
        readonly query: Keys;
        readonly lambda: Keys;
      }
    | undefined;

  constructor(plan: DeliveryPlan, buffers: BufferSet, onOpened: (buffer: DeliveryBuffer) => void) {
    this.#plan = plan;
    this.#buffers = buffers;
    this.#onOpened = onOpened;
  }

  /** The buffer for these keys. */
  bufferFor(
    queryKeys: Keys | undefined,
    { arrivalAt, lambdaKeys = none }: RecordOrigin,
    schema?: number,
  ): BufferOutcome {
    const query = queryKeys ?? none;
    const { partitioning, conversion } = this.#plan;
    const schemaId = conversion === undefined ? undefined : schema;
    const last = this.#last;
    if (last !== undefined && sameKeys(last.query, query) && sameKeys(last.lambda, lambdaKeys)) {
      const { state } = last.found.buffer;
      if (!state.sealed && state.schemaId === schemaId) return last.found;
    }
    const key = `data/${schemaId ?? ''}/${shortened(JSON.stringify([query, lambdaKeys]))}`;
    let buffer = this.#buffers.open(key);
    if (buffer === undefined) {
      const missing = this.#missingKey(query, lambdaKeys);
      if (missing !== undefined) return missing;
      if (partitioning !== undefined && this.#buffers.countOpen('data') >= partitioning.maxActive) {
        return refuse(
          'activePartitionExceeded',
          'DynamicPartitioning.ActivePartitionLimitExceeded',
          `The stream already has ${partitioning.maxActive} active partitions.`,
        );
      }
      const name = objectNaming(this.#plan, { arrivalAt, queryKeys: query, lambdaKeys });
      const objectKey = name(this.#buffers.nextId);
      if (isKeyTooLong(objectKey)) {
        return refuse(
          'processing-failed',
          'S3.KeyTooLongError',
          `The key of the record's object has ${Buffer.byteLength(objectKey)} bytes; S3 takes up to ${LONGEST_KEY_BYTES}.`,
        );
      }
      buffer = this.#buffers.add({
        kind: 'data',
        key,
        bucket: this.#plan.bucket,
        openedAt: arrivalAt,
        name,
        ...(schemaId === undefined ? {} : { schemaId }),
      });
      this.#onOpened(buffer);
    }
    const found = { buffer };
    this.#last = { found, query, lambda: lambdaKeys };
    return found;
  }

  /** A key that the prefix names and the record does not have. */
  #missingKey(query: Keys, lambda: Keys): BufferOutcome | undefined {
    for (const part of this.#plan.prefix.parts) {
      if (part.kind === 'text') continue;
      const { namespace, value } = part;
      const absent =
        (namespace === 'partitionKeyFromQuery' && !hasKey(query, value)) ||
        (namespace === 'partitionKeyFromLambda' && !hasKey(lambda, value));
      if (absent) {
        return refuse(
          'processing-failed',
          'DynamicPartitioning.PartitionKeyNotFound',
          `The record has no partition key ${value}, which the prefix names.`,
        );
      }
    }
    return undefined;
  }
}

/** A prefix may name `constructor`, which every object has. */
function hasKey(keys: Keys, name: string): boolean {
  return Object.hasOwn(keys, name) && keys[name] !== undefined;
}

/** Keys of a partition that no prefix names may be of any length; they are only compared. */
function shortened(keys: string): string {
  return keys.length > LONGEST_COMPARED ? createHash('sha256').update(keys).digest('base64') : keys;
}

function refuse(type: ErrorOutputType, code: string, message: string): BufferOutcome {
  return { failure: { type, code, message } };
}

function sameKeys(a: Keys, b: Keys): boolean {
  if (a === b) return true;
  let left = 0;
  for (const name in a) {
    if (a[name] !== b[name]) return false;
    left += 1;
  }
  for (const name in b) if (b[name] !== undefined) left -= 1;
  return left === 0;
}
