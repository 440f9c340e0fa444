import { createFirehoseProducer, withProducer, type FirehoseProducer } from '@store/firehose';
import { systemClock } from '@store/foundation';
import { createWorld } from '@store/generator';
import { inventoryEventEncoder, type InventoryEvent } from '@store/schema';
import type { Context } from 'aws-lambda';
import { setImmediate as breathe } from 'node:timers/promises';
import { firehoseTransport } from '../aws/clients.js';
import type { Environment } from '../environment.js';
import { earlyRequestQueue, sqsClient } from '../requests.js';
import { openTelemetry } from '../telemetry.js';
import { readGenerateConfig, readGenerateInput, type GenerateInput } from './generate-input.js';
import { runGenerate, type GenerateSummary } from './run-generate.js';

/** What `generate` answers. */
export interface GenerateAnswer extends GenerateSummary {
  readonly seed: number;
  readonly shard: { readonly index: number; readonly count: number };
  readonly deliveryStreamName: string;
}

type Run = (input: GenerateInput, context: Context) => Promise<GenerateAnswer>;

/** The `generate` function: a shard of a world, straight into its delivery stream. */
export function createGenerateHandler(
  env: Environment,
): (event: unknown, context: Context) => Promise<GenerateAnswer> {
  const config = readGenerateConfig(env);
  const telemetry = openTelemetry('generate');
  const transport = firehoseTransport(env);
  const queue = earlyRequestQueue(env, sqsClient(env), systemClock);
  const encode = encoderInto(new Uint8Array(4096));

  const run = async (
    input: GenerateInput,
    context: Context,
    producer: FirehoseProducer<InventoryEvent>,
    target: ShardTarget,
  ): Promise<GenerateAnswer> =>
    telemetry.during(context, async (told) => {
      const {
        start,
        shard = { index: 0, count: 1 },
        resumeFrom = 0,
        resumeAt,
        maxEvents,
        earlyRequests = true,
        ...options
      } = input;
      const seed = input.seed ?? (start === undefined ? 42 : dayNumber(start));
      const world = createWorld({ ...options, ...(start === undefined ? {} : { start }), seed, shard });
      if (resumeAt !== undefined) world.seek(resumeAt.instant);
      const summary = await runGenerate(
        {
          events: world.events(),
          producer,
          encode,
          config,
          queue: earlyRequests ? queue : undefined,
          resumeFrom,
          // Seeking has left out all but these; without it every event before is made and left out.
          leaveOut: resumeAt?.sent ?? resumeFrom,
          maxEvents,
          breathe,
        },
        { remainingMs: () => context.getRemainingTimeInMillis(), telemetry: told },
      );
      const answer = { ...summary, seed, shard, deliveryStreamName: target.streamName };
      told.info('generated', answer);
      told.count('EventsAccepted', summary.accepted);
      told.count('RecordsRetried', summary.retried);
      told.count('BytesSent', summary.eventBytes);
      told.count('BilledBytes', summary.billedBytes);
      told.count('RequestsSent', summary.requestsSent);
      if (summary.stoppedBy === 'deadline') told.count('DeadlineStops', 1);
      return answer;
    });

  // Producers live as long as the environment does: one for each delivery stream and share of its quota.
  const runs = new Map<string, Run>();
  const runOf = (target: ShardTarget): Run => {
    const key = `${target.streamName} ${target.share}`;
    let found = runs.get(key);
    if (found === undefined) {
      found = withProducer(
        () =>
          createFirehoseProducer<InventoryEvent>({
            deliveryStreamName: target.streamName,
            transport,
            rate: { share: target.share },
          }),
        (input: GenerateInput, context: Context, producer) => run(input, context, producer, target),
      );
      runs.set(key, found);
    }
    return found;
  };

  return async (event, context) => {
    const input = readGenerateInput(event);
    return runOf(streamOfShard(config.streamNames, input.shard))(input, context);
  };
}

/** Where a shard writes, and how much of that delivery stream's quota is its own. */
export interface ShardTarget {
  readonly streamName: string;
  /** One over the number of shards that write to the same delivery stream. */
  readonly share: number;
}

/** Shard i of N writes to stream i modulo S, together with the other shards of that remainder. */
export function streamOfShard(
  streamNames: readonly string[],
  shard: { readonly index: number; readonly count: number } = { index: 0, count: 1 },
): ShardTarget {
  const at = shard.index % streamNames.length;
  const streamName = streamNames[at];
  if (streamName === undefined) throw new RangeError('Expected at least one delivery stream, got none.');
  return { streamName, share: 1 / Math.ceil((shard.count - at) / streamNames.length) };
}

/** Days since 1970: a seed that gives each day's events ids of their own, the same at every retry. */
const dayNumber = (start: string): number => Math.floor(Date.parse(start) / 86_400_000);

/** Encodes into one buffer, which is valid until the next event; it grows when an event needs more. */
function encoderInto(first: Uint8Array): (event: InventoryEvent) => Uint8Array {
  let buffer = first;
  return (event) => {
    let end = inventoryEventEncoder.encodeInto(event, buffer, 0);
    if (end < 0) {
      buffer = new Uint8Array(-end * 2);
      end = inventoryEventEncoder.encodeInto(event, buffer, 0);
    }
    return buffer.subarray(0, end);
  };
}
