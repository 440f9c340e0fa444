import type { FirehoseClient } from '@aws-sdk/client-firehose';
import { createFirehoseProducer, type ProducerStats } from '@store/firehose';
import type { World } from '@store/generator';
import type { InventoryEvent } from '@store/schema';
import { setTimeout as delay } from 'node:timers/promises';
import { names } from '../inventory/names.js';
import { producerNote } from '../inventory/producer.js';
import { worldEncoder } from '../inventory/world-file.js';
import type { WorldFlags } from '../options/world-flags.js';
import type { Progress } from '../output/progress.js';
import type { Terminal } from '../terminal/terminal.js';

/** How long a stopped demo continues delivering accepted events. */
const flushDeadlineMs = 10_000;
/** The endpoint is in this process: one that refuses for so long (a full disk) will not take it later either. */
const maxAgeMs = 10_000;
/** Events between two looks at the clock and the signal. */
const eventsPerTurn = 2000;

/** What was made and what became of it. */
export interface SentWorld {
  readonly generated: number;
  readonly stats: ProducerStats;
  readonly elapsedMs: number;
}

/** Makes every event of the world and sends it, by the producer, over HTTP. */
export async function sendWorld(
  {
    world,
    flags,
    firehose,
    progress,
  }: {
    readonly world: World;
    readonly flags: WorldFlags;
    readonly firehose: FirehoseClient;
    readonly progress: Progress;
  },
  { signal }: Terminal,
): Promise<SentWorld> {
  const producer = createFirehoseProducer<InventoryEvent>({
    deliveryStreamName: names.deliveryStream,
    client: firehose,
    encoder: worldEncoder(flags.worldFile),
    retry: { maxAgeMs },
  });
  const startedAt = performance.now();
  let generated = 0;
  progress.step('Making and sending events');
  try {
    for (const event of world.events()) {
      if (!producer.put(event)) await producer.drained();
      if (++generated % eventsPerTurn !== 0) continue;
      progress.update(generated, producerNote(producer.stats()));
      await delay(0);
      if (signal.aborted) break;
    }
    await producer.close(signal.aborted ? { deadlineMs: flushDeadlineMs } : {});
  } catch (error) {
    await producer.abort();
    throw error;
  }
  const stats = producer.stats();
  progress.update(generated, producerNote(stats));
  return { generated, stats, elapsedMs: performance.now() - startedAt };
}
