import { PutRecordCommand, type FirehoseClient } from '@aws-sdk/client-firehose';
import { billedBytes } from '@store/firehose';
import { systemClock, wait } from '@store/foundation';
import type { SendAnswer } from '@store/page-protocol';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import { readErrors } from './data-errors.js';
import type { DataDesk } from './data-desk.js';

/** What sends a record of one's own. */
export interface RecordSenderOptions {
  readonly firehose: Pick<FirehoseClient, 'send'>;
  readonly desk: Pick<DataDesk, 'object' | 'flush'>;
  readonly lakeDir: string;
}

/** A row can be queried immediately; it is looked for this often, so far apart, before the error output is. */
const looks = 5;
const betweenLooksMs = 100;

/** Sends records that somebody wrote, as the Kinesis Data Generator does, and follows each to where it went. */
export class RecordSender {
  readonly #options: RecordSenderOptions;

  constructor(options: RecordSenderOptions) {
    this.#options = options;
  }

  /**
   * Sends one record by itself. What does not become a row of the table is in the error output, which is then written: so a
   * record that is refused makes the stream deliver all that it holds.
   */
  async send(data: string, gone: AbortSignal): Promise<SendAnswer> {
    const { firehose, desk, lakeDir } = this.#options;
    const bytes = Buffer.from(data.endsWith('\n') ? data : `${data}\n`);
    const startedAt = systemClock.now();
    const { RecordId: recordId } = await firehose.send(
      new PutRecordCommand({ DeliveryStreamName: names.deliveryStream, Record: { Data: bytes } }),
    );
    if (recordId === undefined) throw new CliError('BAD_REQUEST', 'The delivery stream gave no RecordId.');
    const sent = {
      recordId,
      bytes: bytes.length,
      billedBytes: billedBytes(bytes.length),
      durationMs: Math.round(systemClock.now() - startedAt),
    };
    const address = addressOf(data);
    for (let look = 0; address !== undefined && look < looks && !gone.aborted; look++) {
      const object = await desk.object(address, gone);
      if (object !== undefined) return { ...sent, went: 'table', key: object.key };
      await wait(systemClock, betweenLooksMs, gone);
    }
    await desk.flush();
    const error = (await readErrors(lakeDir)).find(({ record }) => record.trim() === data.trim());
    return error === undefined
      ? { ...sent, went: 'waiting' }
      : { ...sent, went: 'errors', key: error.id.replace(/#\d+$/, ''), error };
  }
}

/** Id and time of an event; undefined for what is none, and so never becomes a row. */
function addressOf(data: string): { readonly eventId: string; readonly eventTime: string } | undefined {
  const fields = fieldsOf(data);
  const { event_id: eventId, event_time: eventTime } = fields;
  if (typeof eventId !== 'string' || typeof eventTime !== 'string') return undefined;
  return { eventId, eventTime };
}

function fieldsOf(data: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    // Not JSON: that is what the error output is for.
    return {};
  }
}
