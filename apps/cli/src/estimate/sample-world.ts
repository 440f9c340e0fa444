import { createFirehoseProducer, inProcessTransport, type ProducerStats } from '@store/firehose';
import type { InventoryEvent } from '@store/schema';
import { worldOf } from '../inventory/world.js';
import type { WorldFlags } from '../options/world-options.js';

/** Shelves times days that are really made: a second of work or less; the rest is computed from them. */
const sampledShelfDays = 200_000;
/** Shelves of a world that is opened to estimate its events: half a second, and 50 MB. */
const openedShelves = 2_000_000;

/** What a part of the world came to when it went through the producer, packed and unpacked. */
export interface WorldSample {
  /** The whole world is so many times the sample; 1 means that everything was measured. */
  readonly scale: number;
  readonly packed: ProducerStats;
  readonly single: ProducerStats;
}

/** Makes a part of the world and sends it, by the real producer, to an endpoint that only counts. */
export async function sampleWorld(flags: WorldFlags, signal: AbortSignal): Promise<WorldSample> {
  const part = samplePart(flags);
  const [packed, single] = await Promise.all([
    sendAll(worldOf(part).events(), 'packed', signal),
    sendAll(worldOf(part).events(), 'single', signal),
  ]);
  if (part === flags || signal.aborted || packed.delivered === 0) return { scale: 1, packed, single };
  return { scale: eventsOf(flags) / packed.delivered, packed, single };
}

/** Events of the world, by the generator's own estimate; of its first stores where the whole is too large to open. */
function eventsOf(flags: WorldFlags): number {
  const { products, shard = { index: 0, count: 1 }, maxEvents = Infinity } = flags;
  const stores = storesIn(flags);
  const parts = Math.min(stores, Math.ceil((stores * products) / openedShelves));
  const first = { ...flags, shard: { index: shard.index * parts, count: shard.count * parts } };
  const opened = parts === 1 ? flags : first;
  return Math.min(maxEvents, (worldOf(opened).estimate().events * stores) / storesIn(opened));
}

function storesIn({ stores, shard = { index: 0, count: 1 } }: WorldFlags): number {
  const { index, count } = shard;
  return Math.floor((stores * (index + 1)) / count) - Math.floor((stores * index) / count);
}

/** A range of stores, or of days where one store is large enough; the flags themselves where all of it is small. */
function samplePart(flags: WorldFlags): WorldFlags {
  const { stores, products, days } = flags;
  const storesOfShard = storesIn(flags);
  if (storesOfShard * products * days <= sampledShelfDays) return flags;
  const wanted = Math.max(1, Math.min(storesOfShard, Math.floor(sampledShelfDays / (products * days))));
  const count = Math.ceil(stores / wanted);
  const sampledStores = Math.floor(stores / count);
  const sampledDays = Math.max(1, Math.min(days, Math.floor(sampledShelfDays / (products * sampledStores))));
  return { ...flags, days: sampledDays, shard: { index: 0, count } };
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
