import { createFirehoseProducer } from '@store/firehose';
import { systemClock } from '@store/foundation';
import { unwrap, type Envelope } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { Context } from 'aws-lambda';
import { clientSettings, firehoseTransport, onFirstUse } from '../aws/clients.js';
import type { ObjectStore } from '../aws/s3-objects.js';
import { nameList, optionalText, wholeNumber, type Environment } from '../environment.js';
import { earlyRequestQueue, sqsClient } from '../requests.js';
import { openTelemetry, type Telemetry } from '../telemetry.js';
import { eventStreams } from './event-streams.js';
import { ingestAnswer, type IngestAnswer } from './ingest-answer.js';
import { mappingOf, recordReader } from './record-reader.js';
import { rejectKeeper } from './reject-keeper.js';
import { shelfMemory } from './shelf-memory.js';
import { runIngest, type IngestOutcome, type IngestParts } from './run-ingest.js';
import { transformation } from './transformation.js';

/** Bytes of a mapping document that is in S3: more characters than `mappingLimits` allows. */
const mostMappingBytes = 4 * 1024 * 1024;

/**
 * Opens the `ingest` function with all that its settings name, its mapping too where that is in S3.
 *
 * @throws HandlerError `INVALID_CONFIG`; the SDK's error where S3 does not give the mapping
 */
export async function openIngestHandler(env: Environment): Promise<ReturnType<typeof createIngestHandler>> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(optionalText(env, 'MAPPING') ?? '') ?? [];
  if (bucket === undefined || key === undefined) return createIngestHandler(env);
  const { bytes } = await objectStore(env).get({ bucket, key }, mostMappingBytes);
  return createIngestHandler({ ...env, MAPPING: bytes.toString('utf8') });
}

/** S3, whose client is loaded at the first call. */
function objectStore(env: Environment): ObjectStore {
  const settings = clientSettings('S3', env);
  const open = onFirstUse(async () => (await import('../aws/s3-objects.js')).openS3(settings));
  return {
    get: async (place, mostBytes) => (await open()).get(place, mostBytes),
    put: async (place, bytes, contentType, only) => (await open()).put(place, bytes, contentType, only),
  };
}

/** The `ingest` function: real events in, validated and transformed, into the delivery streams. */
export function createIngestHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<IngestAnswer> {
  const streamNames = nameList(env, 'STREAM_NAMES');
  const config = {
    marginMs: wholeNumber(env, 'DEADLINE_MARGIN_MS', { least: 100, most: 600_000, otherwise: 2000 }),
    recoveryMargin: wholeNumber(env, 'RECOVERY_MARGIN', { least: 0, most: 1_000_000, otherwise: 0 }),
    packSize: wholeNumber(env, 'PACK_SIZE', { least: 1, most: 1_000_000, otherwise: 1 }),
  };
  const telemetry = openTelemetry('ingest');
  const transport = firehoseTransport(env);
  const objects = objectStore(env);
  const setting = optionalText(env, 'MAPPING');
  const mapping = setting === undefined ? undefined : mappingOf(setting);
  const body = { encoding: mapping?.document?.encoding, delimiter: mapping?.document?.delimiter };
  const sqs = sqsClient(env);
  const rejectQueueUrl = optionalText(env, 'REJECT_QUEUE_URL');
  const bucket = optionalText(env, 'REJECT_BUCKET');
  const prefix = optionalText(env, 'REJECT_PREFIX') ?? 'rejects/';
  const shelfPrefix = optionalText(env, 'SHELF_PREFIX');
  const shelves =
    mapping !== undefined && bucket !== undefined && shelfPrefix !== undefined
      ? shelfMemory({ objects, bucket, prefix: shelfPrefix, clock: systemClock })
      : undefined;
  const rejectBucket = bucket === undefined ? undefined : { objects, bucket, prefix };
  const streams = eventStreams(streamNames, (deliveryStreamName) =>
    createFirehoseProducer<InventoryEvent>({
      deliveryStreamName,
      transport,
    }),
  );
  const parts: IngestParts = {
    sink: streams,
    objects,
    rejects:
      rejectQueueUrl === undefined ? undefined : rejectKeeper(sqs, rejectQueueUrl, systemClock, rejectBucket),
    queue: earlyRequestQueue(env, sqs, systemClock),
    config,
    begin: recordReader(mapping),
    shelves,
    body,
  };

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      const envelope = unwrap(event, body);
      const invocation = { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told };
      if (envelope.answer !== 'firehose') {
        const outcome = await runIngest(envelope, parts, invocation);
        tell(told, envelope, outcome);
        return ingestAnswer(envelope, outcome, []);
      }
      const sink = transformation(
        envelope.messages.map((message) => {
          const raw = message.raw();
          return 'base64' in raw ? raw.base64 : Buffer.from(raw.text).toString('base64');
        }),
      );
      const outcome = await runIngest(envelope, { ...parts, sink }, invocation);
      tell(told, envelope, outcome);
      return ingestAnswer(envelope, outcome, sink.records(outcome));
    });
}

function tell(telemetry: Telemetry, { source }: Envelope, outcome: IngestOutcome): void {
  const { messages, accepted, rejects, skipped, requestsSent } = outcome;
  const undelivered = messages.filter(({ isUndelivered }) => isUndelivered).length;
  telemetry.info('ingested', {
    source,
    messages: messages.length,
    accepted,
    rejected: rejects.length,
    skipped,
    rejectCodes: [...new Set(rejects.map(({ code }) => code))],
    undeliveredMessages: undelivered,
    unkeptMessages: messages.filter(({ isUnkept }) => isUnkept).length,
    requestsSent,
  });
  telemetry.count('EventsAccepted', accepted);
  telemetry.count('EventsRejected', rejects.length);
  telemetry.count('EventsFailed', undelivered);
  telemetry.count('RequestsSent', requestsSent);
}
