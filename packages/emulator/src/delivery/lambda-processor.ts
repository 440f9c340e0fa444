import { ServiceError } from '../wire/service-error.js';
import type { Clock } from '@store/foundation';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { FailedRecord } from './error-record.js';
import {
  collectedRecords,
  type CollectedRecord,
  transformedPayload,
  type LambdaResult,
} from './lambda-records.js';
import type { DeliveryPlan, LambdaStep } from './delivery-plan.js';
import { readStaged } from './staging-file.js';
import { MAX_ANSWER_BYTES, type InvokeLambda } from './lambda-invoker.js';
import { reasonOf } from '../failure-kind.js';
import { keyText } from './partition-keys.js';

/** One record of the function's answer. */
interface AnsweredRecord {
  readonly recordId?: unknown;
  readonly result?: unknown;
  readonly data?: unknown;
  readonly metadata?: unknown;
}

/** What a buffer is transformed with. */
export interface Transformation {
  readonly plan: DeliveryPlan;
  readonly step: LambdaStep;
  readonly invoke: InvokeLambda;
  readonly clock: Clock;
  /** Aborts when the endpoint closes: the buffer waits for the next start. */
  readonly signal: AbortSignal;
}

/** Sends a buffer through the Lambda processor; gives the payload of a `transformed` entry. */
export async function transformBuffer(
  { plan, step, invoke, clock, signal }: Transformation,
  buffer: DeliveryBuffer,
): Promise<Buffer> {
  const records = collectedRecords(await readStaged(buffer.staging));
  const bufferId = buffer.state.id;
  const { failure: givenUp } = buffer;
  let failure = { code: 'Lambda.FunctionError', message: '' };
  if (buffer.way === 'error-output') {
    failure = { code: 'Lambda.JsonProcessingException', message: givenUp?.reason ?? '' };
  } else {
    for (let attempt = 0; attempt <= step.retries; attempt += 1) {
      try {
        const answer = await invoke(step.functionArn, eventOf(plan, bufferId, records), signal);
        const results = resultsOf(answer, records, step, bufferId);
        return transformedPayload({ bufferId, results });
      } catch (error) {
        signal.throwIfAborted();
        failure = {
          code: error instanceof ServiceError ? error.code : 'Lambda.FunctionError',
          message: reasonOf(error),
        };
      }
    }
  }
  const arrivalAt = clock.wallNow();
  const results = records.map((record) =>
    failed(record, { ...failure, arrivalAt, attemptsMade: step.retries + 1, step }),
  );
  return transformedPayload({ bufferId, results });
}

function eventOf(
  { streamName, streamArn }: DeliveryPlan,
  bufferId: number,
  records: readonly CollectedRecord[],
): Record<string, unknown> {
  return {
    invocationId: `${streamName}-${bufferId}`,
    deliveryStreamArn: streamArn,
    region: streamArn.split(':')[3],
    records: records.map((record, index) => ({
      recordId: recordIdOf(record, bufferId, index),
      approximateArrivalTimestamp: record.arrivalAt,
      data: record.data.toString('base64'),
    })),
  };
}

function resultsOf(
  answer: unknown,
  records: readonly CollectedRecord[],
  step: LambdaStep,
  bufferId: number,
): LambdaResult[] {
  const answered = answeredRecords(answer);
  return records.flatMap((record, index): LambdaResult[] => {
    const found = answered.get(recordIdOf(record, bufferId, index));
    const { arrivalAt, sequenceNumber } = record;
    const refuse = (code: string, message: string): LambdaResult[] => [
      failed(record, { code, message, arrivalAt, attemptsMade: 1, step }),
    ];
    if (found === undefined) {
      return refuse('Lambda.MissingRecordId', 'One or more record Ids were not returned.');
    }
    if (found.result === 'Dropped') return [];
    if (found.result === 'ProcessingFailed') {
      return refuse('Lambda.ProcessingFailedStatus', 'ProcessingFailed status set for record.');
    }
    if (found.result !== 'Ok') {
      return refuse(
        'Lambda.JsonProcessingException',
        'The result is none of Ok, Dropped and ProcessingFailed.',
      );
    }
    if (typeof found.data !== 'string') {
      return refuse('Lambda.JsonProcessingException', 'The record has no data.');
    }
    const keys = partitionKeysIn(found.metadata);
    if (keys === 'none') {
      return refuse(
        'DynamicPartitioning.PartitionKeyNotFound',
        'The partition keys of the answer are no object of texts, numbers and booleans.',
      );
    }
    const origin = { arrivalAt, sequenceNumber, ...(keys === undefined ? {} : { lambdaKeys: keys }) };
    return [{ kind: 'ok', data: Buffer.from(found.data, 'base64'), origin }];
  });
}

/** The keys that the function set; `none` where that is not what keys look like. */
function partitionKeysIn(metadata: unknown): Readonly<Record<string, string>> | undefined | 'none' {
  if (metadata === undefined || metadata === null) return undefined;
  if (typeof metadata !== 'object') return 'none';
  const keys = 'partitionKeys' in metadata ? metadata.partitionKeys : undefined;
  if (keys === undefined || keys === null) return undefined;
  if (typeof keys !== 'object' || Array.isArray(keys)) return 'none';
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(keys)) {
    const text = keyText(value);
    if (text === undefined) return 'none';
    texts.push([name, text]);
  }
  return Object.fromEntries(texts);
}

function answeredRecords(answer: unknown): Map<string, AnsweredRecord> {
  const records = typeof answer === 'object' && answer !== null && 'records' in answer ? answer.records : [];
  if (!Array.isArray(records) || typeof answer !== 'object' || answer === null || !('records' in answer)) {
    throw new ServiceError('Lambda.JsonProcessingException', 'The answer of the function has no records.');
  }
  // Of a function in this process: it may hold itself, or be deeper than any JSON; either throws here.
  const bytes = Buffer.byteLength(JSON.stringify(answer));
  if (bytes > MAX_ANSWER_BYTES) {
    throw new ServiceError('Lambda.PayloadTooLarge', `The answer has ${bytes} bytes; 6 MB is the most.`);
  }
  const found = new Map<string, AnsweredRecord>();
  // Whatever does not have this shape ends in one of the errors of its record.
  for (const record of records as readonly (AnsweredRecord | null)[]) {
    if (typeof record !== 'object' || typeof record?.recordId !== 'string') continue;
    if (found.has(record.recordId)) {
      throw new ServiceError('Lambda.DuplicatedRecordId', 'Multiple records were returned with the same ID.');
    }
    found.set(record.recordId, record);
  }
  return found;
}

function recordIdOf({ sequenceNumber }: CollectedRecord, bufferId: number, index: number): string {
  return `${bufferId}-${index}-${sequenceNumber}`;
}

function failed(
  record: CollectedRecord,
  facts: Pick<FailedRecord, 'code' | 'message' | 'arrivalAt'> & {
    readonly attemptsMade: number;
    readonly step: LambdaStep;
  },
): LambdaResult {
  const { code, message, attemptsMade, step } = facts;
  return {
    kind: 'failed',
    sequenceNumber: record.sequenceNumber,
    failed: {
      type: 'processing-failed',
      code,
      message,
      rawData: record.data,
      arrivalAt: record.arrivalAt,
      lambdaArn: step.functionArn,
      attemptsMade,
    },
  };
}
