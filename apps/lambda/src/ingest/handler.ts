import { createFirehoseProducer, withProducer } from '@store/firehose';
import { systemClock } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import type { Context } from 'aws-lambda';
import { firehoseTransport } from '../aws/firehose-transport.js';
import { openService } from '../aws/json-service.js';
import { serviceEndpoint } from '../aws/service-endpoint.js';
import { optionalText, requiredText, wholeNumber, type Environment } from '../environment.js';
import { sqsRequestQueue } from '../requests.js';
import { openTelemetry } from '../telemetry.js';
import {
  ingestAnswer,
  readIngestBatch,
  type BatchAnswer,
  type HttpAnswer,
  type IngestSummary,
} from './ingest-batch.js';
import { sqsRejectQueue } from './reject-queue.js';
import { runIngest } from './run-ingest.js';

/** What `ingest` answers, by who called. */
export type IngestAnswer = BatchAnswer | HttpAnswer | IngestSummary;

/** The `ingest` function: real events in, validated and transformed, into the delivery stream. */
export function createIngestHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<IngestAnswer> {
  const deliveryStreamName = requiredText(env, 'STREAM_NAME');
  const config = {
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 2000 }),
    recoveryMargin: wholeNumber(env, 'RECOVERY_MARGIN', { least: 0, most: 1_000_000, otherwise: 0 }),
    packSize: wholeNumber(env, 'PACK_SIZE', { least: 1, most: 1_000_000, otherwise: 1 }),
  };
  const requestQueueUrl = optionalText(env, 'EARLY_REQUEST_QUEUE_URL');
  const rejectQueueUrl = optionalText(env, 'REJECT_QUEUE_URL');
  const telemetry = openTelemetry('ingest');
  const endpoint = serviceEndpoint('firehose', env);
  const sqs = openService('sqs', env);
  const queue =
    requestQueueUrl === undefined ? undefined : sqsRequestQueue(sqs, requestQueueUrl, systemClock);
  const rejects = rejectQueueUrl === undefined ? undefined : sqsRejectQueue(sqs, rejectQueueUrl, systemClock);

  return withProducer(
    () =>
      createFirehoseProducer<InventoryEvent>({
        deliveryStreamName,
        transport: firehoseTransport(endpoint, systemClock),
      }),
    async (event: unknown, context: Context, producer) =>
      telemetry.during(context, async (told) => {
        const batch = readIngestBatch(event);
        const outcome = await runIngest(
          batch,
          { producer, rejects, queue, config },
          { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told },
        );
        told.info('ingested', {
          source: batch.source,
          messages: batch.messages.length,
          accepted: outcome.accepted,
          rejected: outcome.rejects.length,
          rejectCodes: [...new Set(outcome.rejects.map(({ code }) => code))],
          undeliveredMessages: outcome.undeliveredMessages.size,
          requestsSent: outcome.requestsSent,
        });
        told.count('EventsAccepted', outcome.accepted);
        told.count('EventsRejected', outcome.rejects.length);
        told.count('EventsFailed', outcome.undeliveredMessages.size);
        told.count('RequestsSent', outcome.requestsSent);
        return ingestAnswer(batch, outcome);
      }),
    // Which messages come again is in the answer already.
    { onUndelivered: (_undelivered, _event, answer) => answer },
  );
}
