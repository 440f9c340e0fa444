import { randomBytes } from 'node:crypto';
import { PutEntryWriter, putEntryBytes } from '../../delivery/put-entry.js';
import type { RequestContext } from '../../wire/request-context.js';
import { ServiceError } from '../../wire/service-error.js';
import { parsedTexts, scannedTexts, type RecordTexts, type ScannedBatch } from '../batch-records.js';
import { MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_RECORD_BYTES, type WireRecord } from '../model/requests.js';
import { keepPace } from '../back-pressure.js';
import type { StreamHost } from '../stream-host.js';

/** What PutRecordBatch says about one record. */
type Outcome = { readonly RecordId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** Takes in one record. */
export async function putRecord(
  host: StreamHost,
  input: { readonly DeliveryStreamName: string; readonly Record: WireRecord },
  context: RequestContext,
): Promise<{ RecordId: string; Encrypted: boolean }> {
  const [outcome] = await takeIn(host, input.DeliveryStreamName, parsedTexts([input.Record]), context);
  if (outcome === undefined || 'ErrorCode' in outcome) {
    const { ErrorCode: code = 'InternalFailure', ErrorMessage: message = '' } = outcome ?? {};
    throw new ServiceError(code, message, code === 'InternalFailure' ? 500 : 503);
  }
  const { encryption } = host.stored(input.DeliveryStreamName, context.accountId);
  return { RecordId: outcome.RecordId, Encrypted: encryption.Status === 'ENABLED' };
}

/** What PutRecordBatch answers. */
interface BatchAnswer {
  readonly FailedPutCount: number;
  readonly Encrypted: boolean;
  readonly RequestResponses: readonly Outcome[];
}

interface BatchInput {
  readonly DeliveryStreamName: string;
  readonly Records: readonly WireRecord[];
}

const NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

/** Takes in up to 500 records; each has its own outcome. */
export async function putRecordBatch(
  host: StreamHost,
  input: BatchInput,
  context: RequestContext,
): Promise<BatchAnswer> {
  const { DeliveryStreamName: name, Records: records } = input;
  return answerBatch(host, name, parsedTexts(records), context);
}

/** {@link putRecordBatch} for a request whose records still are in its body; `undefined` where it is not right. */
export function putScannedBatch(
  host: StreamHost,
  batch: ScannedBatch,
  context: RequestContext,
): Promise<BatchAnswer> | undefined {
  const texts = scannedTexts(batch);
  const sizes = Array.from({ length: texts.count }, (_, index) => texts.sizeOf(index));
  const isWell =
    NAME.test(batch.name) &&
    sizes.length <= MAX_BATCH_RECORDS &&
    sizes.every((size) => size <= MAX_RECORD_BYTES);
  return isWell ? answerBatch(host, batch.name, texts, context) : undefined;
}

async function answerBatch(
  host: StreamHost,
  name: string,
  texts: RecordTexts,
  context: RequestContext,
): Promise<BatchAnswer> {
  const outcomes = await takeIn(host, name, texts, context);
  let failed = 0;
  for (const outcome of outcomes) if ('ErrorCode' in outcome) failed += 1;
  const { encryption } = host.stored(name, context.accountId);
  return {
    FailedPutCount: failed,
    Encrypted: encryption.Status === 'ENABLED',
    RequestResponses: outcomes,
  };
}

async function takeIn(
  host: StreamHost,
  name: string,
  texts: RecordTexts,
  { accountId }: RequestContext,
): Promise<readonly Outcome[]> {
  host.stored(name, accountId);
  const held = keepPace(host.queue);
  if (held !== undefined) await held;
  const stream = host.running(name);
  if (stream === undefined) throw unavailable('The stream is being updated.');
  if (stream.trouble !== undefined) throw unavailable(`No room: ${stream.trouble.message}`);
  const sizes = Array.from({ length: texts.count }, (_, index) => texts.sizeOf(index));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_BATCH_BYTES) {
    throw new ServiceError('InvalidArgumentException', 'Records size exceeds 4 MB limit');
  }
  const { admission, clock, memory } = host.options;
  admission.call(name);
  const refused = sizes.map((size) => admission.record(name, size));
  const accepted = refused.reduce((count, error) => (error === undefined ? count + 1 : count), 0);
  const outcomes = refused.map((error): Outcome =>
    error === undefined
      ? { RecordId: nextRecordId() }
      : { ErrorCode: error.code, ErrorMessage: error.message },
  );
  if (accepted === 0) return outcomes;
  const lease = memory.lend(putEntryBytes(accepted, bytes));
  const writer = new PutEntryWriter(lease.bytes, clock.wallNow(), accepted);
  for (const [index, size] of sizes.entries()) {
    if (refused[index] !== undefined || texts.write(index, writer) === size) continue;
    lease.release();
    throw new ServiceError('SerializationException', `Records[${index}].Data is not valid base64.`);
  }
  await new Promise<void>((resolve, reject) => {
    const settle = (error: Error | undefined): void => {
      if (error === undefined) resolve();
      else reject(unavailable(`The records could not be stored: ${error.message}`));
    };
    stream.put(writer.finish(), settle, lease.release);
  });
  if (host.options.deliverNow) await host.deliverNow(name);
  return outcomes;
}

function unavailable(detail: string): ServiceError {
  return new ServiceError('ServiceUnavailableException', `Slow down. ${detail}`, 503);
}

let prefix = '';
let count = 0;

/** A record ID: opaque and unique. AWS's are some 220 characters; 44 keep a batch's answer small. */
export function nextRecordId(): string {
  if (prefix === '') prefix = randomBytes(24).toString('base64url');
  count += 1;
  return prefix + count.toString(36).padStart(12, '0');
}
