import { FirehoseClient } from '@aws-sdk/client-firehose';
import {
  createFirehoseProducer,
  FirehoseError,
  type FirehoseProducer,
  type ProducerStats,
} from '@store/firehose';
import type { WorldFile } from '@store/generator';
import type { InventoryEvent } from '@store/schema';
import { formatBytes, formatCount, formatDollars, plural } from '../output/format.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { bytesPerGb, prices } from '../estimate/figures.js';
import { clientOptions } from '../aws/client-options.js';
import { worldEncoder } from './world-file.js';

/** Where a producer sends to. */
export interface InventoryProducerOptions {
  readonly stream: string;
  /** Address of an emulator in this process; otherwise the environment decides. */
  readonly embedded?: string;
  /** The world file whose events are sent. */
  readonly worldFile?: WorldFile;
}

/** A producer of inventory events, over the AWS SDK's own client. */
export function createInventoryProducer(
  { stream, embedded, worldFile }: InventoryProducerOptions,
  { env }: Terminal,
): FirehoseProducer<InventoryEvent> {
  return createFirehoseProducer<InventoryEvent>({
    deliveryStreamName: stream,
    client: new FirehoseClient(clientOptions('FIREHOSE', env, embedded)),
    encoder: worldEncoder(worldFile),
  });
}

/** What is worth saying about a producer beside its progress; nothing before its first answer. */
export function producerNote(stats: ProducerStats): string {
  const { eventBytes, billedBytes, retriedRecords } = stats;
  if (eventBytes === 0 && retriedRecords === 0) return '';
  const retries = retriedRecords === 0 ? '' : ` · ${plural(retriedRecords, 'retry', 'retries')}`;
  return `${formatBytes(eventBytes)}, billed ${formatBytes(billedBytes)}${retries}`;
}

/** What Firehose would bill for a producer's bytes, conversion to Parquet included. */
export function firehoseDollars(billedBytes: number): number {
  return (billedBytes / bytesPerGb) * (prices.firehoseIngest.value + prices.firehoseConversion.value);
}

/** One line about what was delivered and what was not; for the end of a stopped command. */
export function deliveryReport({ accepted, delivered, failed, pending, ambiguous }: ProducerStats): string {
  const parts = [`${formatCount(delivered)} of ${formatCount(accepted)} events were delivered`];
  if (pending > 0) parts.push(`${formatCount(pending)} were not`);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (ambiguous > 0) parts.push(`${formatCount(ambiguous)} may be there twice`);
  return `${parts.join(', ')}.`;
}

/**
 * The error of a failed delivery with what running the command again does, except where the service would refuse the same
 * event again; every other error as it is.
 *
 * @param again - a sentence that begins with "Then"
 */
export function withAgain(error: unknown, again: string): unknown {
  if (!(error instanceof FirehoseError) || error.code !== 'DELIVERY_FAILED') return error;
  const { message, fix } = explainError(error);
  const isForGood = error.cause instanceof FirehoseError && error.cause.code === 'POISON_RECORD';
  const parts = [fix, isForGood ? undefined : again].filter((part) => part !== undefined);
  return new CliError('DELIVERY_FAILED', message, { cause: error, fix: parts.join(' ') });
}

/** Dollars of Firehose for a summary. */
export function billedNote({ billedBytes, eventBytes }: ProducerStats): string {
  const overhead = eventBytes === 0 ? '' : ` (+${((billedBytes / eventBytes - 1) * 100).toFixed(2)} %)`;
  return `${formatBytes(billedBytes)} billed for ${formatBytes(eventBytes)}${overhead}, ${formatDollars(firehoseDollars(billedBytes))} on AWS`;
}

/** How long the first event may take; after that, the endpoint counts as absent. */
const firstEventMs = 5000;

/**
 * Sends what the producer holds by itself, so that a missing stream, missing rights or a dead endpoint show
 * immediately, and not after everything was read. A stream that only throttles is there: the producer
 * continues with it.
 */
export async function sendFirst(producer: Pick<FirehoseProducer<never>, 'flush'>): Promise<void> {
  const { complete, lastError } = await producer.flush({ deadlineMs: firstEventMs });
  if (!complete && lastError?.code === 'TRANSPORT') throw lastError;
}
