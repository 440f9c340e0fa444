import { createFirehoseProducer, inProcessTransport, type ProducerStats } from '@store/firehose';
import type { InventoryEvent } from '@store/schema';
import { worldOf } from '../inventory/world.js';
import type { WorldFlags } from '../options/world-options.js';

/** Shelves times days that are really made: a second of work or less; the rest is computed from them. */
const sampledShelfDays = 200_000;

/** What a part of the world came to when it went through the producer, packed and unpacked. */
export interface WorldSample {
  /** The whole world is so many times the sample; 1 means that everything was measured. */
  readonly scale: number;
  readonly packed: ProducerStats;
  readonly single: ProducerStats;
}

/** Makes a part of the world and sends it, by the real producer, to an endpoint that only counts. */
export async function sampleWorld(flags: WorldFlags, signal: AbortSignal): Promise<WorldSample> {
  const { flags: part, scale } = samplePart(flags);
  const [packed, single] = await Promise.all([
    sendAll(worldOf(part).events(), 'packed', signal),
    sendAll(worldOf(part).events(), 'single', signal),
  ]);
  return { scale, packed, single };
}

/** A range of stores, or of days where one store is large enough. */
export function samplePart(flags: WorldFlags): { readonly flags: WorldFlags; readonly scale: number } {
  const { stores, products, days, shard = { index: 0, count: 1 } } = flags;
  const storesOfShard =
    Math.floor((stores * (shard.index + 1)) / shard.count) - Math.floor((stores * shard.index) / shard.count);
  if (storesOfShard * products * days <= sampledShelfDays) return { flags, scale: 1 };
  const wanted = Math.max(1, Math.min(storesOfShard, Math.floor(sampledShelfDays / (products * days))));
  const count = Math.ceil(stores / wanted);
  const sampledStores = Math.floor(stores / count);
  const sampledDays = Math.max(1, Math.min(days, Math.floor(sampledShelfDays / (products * sampledStores))));
  return {
    flags: { ...flags, days: sampledDays, shard: { index: 0, count } },
    scale: (storesOfShard / sampledStores) * (days / sampledDays),
  };
}

async function sendAll(
  events: Iterable<InventoryEvent>,
  mode: 'packed' | 'single',
  signal: AbortSignal,
): Promise<ProducerStats> {
  const producer = createFirehoseProducer<InventoryEvent>({
    deliveryStreamName: 'estimate',
    transport: inProcessTransport(),
    packing: { mode },
    rate: { bytesPerSec: 1e12, requestsPerSec: 1e9, recordsPerSec: 1e9 },
  });
  for (const event of events) {
    if (signal.aborted) break;
    if (!producer.put(event)) await producer.drained();
  }
  await producer.close();
  return producer.stats();
}
