import { PutEntryWriter } from '../../log/put-entry.js';
import { ServiceError, type RequestContext } from '../../service.js';
import { checkRequest } from '../model/check.js';
import { MAX_BATCH_BYTES, MAX_BATCH_RECORDS, MAX_RECORD_BYTES, requestShapes } from '../model/requests.js';
import { nextRecordId } from '../record-id.js';
import type { StreamHost } from '../stream-host.js';

interface WireRecord {
  readonly Data: string;
}

/** What PutRecordBatch says about one record. */
type Outcome = { readonly RecordId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** Takes in one record. */
export async function putRecord(
  host: StreamHost,
  input: { readonly DeliveryStreamName: string; readonly Record: WireRecord },
  context: RequestContext,
): Promise<{ RecordId: string; Encrypted: boolean }> {
  checkAll('PutRecord', input);
  const [outcome] = await takeIn(host, input.DeliveryStreamName, [input.Record], context);
  if (outcome === undefined || 'ErrorCode' in outcome) {
    const { ErrorCode: code = 'InternalFailure', ErrorMessage: message = '' } = outcome ?? {};
    throw new ServiceError(code, message, code === 'InternalFailure' ? 500 : 503);
  }
  const { encryption } = host.stored(input.DeliveryStreamName, context.accountId);
  return { RecordId: outcome.RecordId, Encrypted: encryption.Status === 'ENABLED' };
}

/** Takes in up to 500 records; each has its own outcome. */
export async function putRecordBatch(
  host: StreamHost,
  input: { readonly DeliveryStreamName: string; readonly Records: readonly WireRecord[] },
  context: RequestContext,
): Promise<{ FailedPutCount: number; Encrypted: boolean; RequestResponses: readonly Outcome[] }> {
  const { DeliveryStreamName: name, Records: records } = input;
  if (!isWellFormed(input)) checkAll('PutRecordBatch', input);
  const outcomes = await takeIn(host, name, records, context);
  let failed = 0;
  for (const outcome of outcomes) if ('ErrorCode' in outcome) failed += 1;
  const { encryption } = host.stored(name, context.accountId);
  return {
    FailedPutCount: failed,
    Encrypted: encryption.Status === 'ENABLED',
    RequestResponses: outcomes,
  };
}

/** The service model's constraints on a batch in one quick pass; the slow check words what is wrong. */
function isWellFormed(input: unknown): boolean {
  // Read defensively: this is the wire's input before any check.
  const { DeliveryStreamName: name, Records: records } = input as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || !/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) return false;
  if (!Array.isArray(records) || records.length < 1 || records.length > MAX_BATCH_RECORDS) return false;
  return records.every((record: unknown) => {
    if (typeof record !== 'object' || record === null || !('Data' in record)) return false;
    return typeof record.Data === 'string' && record.Data.length * 0.75 <= MAX_RECORD_BYTES;
  });
}

function checkAll(action: string, input: unknown): void {
  const shape = requestShapes[action];
  if (shape !== undefined) checkRequest(shape, input);
}

function takeIn(
  host: StreamHost,
  name: string,
  records: readonly WireRecord[],
  { accountId }: RequestContext,
): Promise<readonly Outcome[]> {
  host.stored(name, accountId);
  const stream = host.running(name);
  if (stream === undefined) throw unavailable('The stream is being updated.');
  if (stream.trouble !== undefined) throw unavailable(`No room: ${stream.trouble.message}`);
  const sizes = records.map(({ Data }) => Buffer.byteLength(Data, 'base64'));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > MAX_BATCH_BYTES) {
    throw new ServiceError('InvalidArgumentException', 'Records size exceeds 4 MB limit');
  }
  const { admission, clock } = host.options;
  admission.call(name);
  const refused = sizes.map((size) => admission.record(name, size));
  const accepted = refused.reduce((count, error) => (error === undefined ? count + 1 : count), 0);
  const outcomes = refused.map((error): Outcome =>
    error === undefined
      ? { RecordId: nextRecordId() }
      : { ErrorCode: error.code, ErrorMessage: error.message },
  );
  if (accepted === 0) return Promise.resolve(outcomes);
  const writer = new PutEntryWriter(clock.now(), accepted, bytes);
  records.forEach(({ Data }, index) => {
    if (refused[index] !== undefined) return;
    if (writer.addBase64(Data) !== sizes[index]) {
      throw new ServiceError('SerializationException', `Records[${index}].Data is not valid base64.`);
    }
  });
  return new Promise((resolve, reject) => {
    stream.put(writer.finish(), (error) => {
      if (error === undefined) resolve(outcomes);
      else reject(unavailable(`The records could not be stored: ${error.message}`));
    });
  });
}

function unavailable(detail: string): ServiceError {
  return new ServiceError('ServiceUnavailableException', `Slow down. ${detail}`, 503);
}
