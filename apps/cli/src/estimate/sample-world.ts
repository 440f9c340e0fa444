import { createFirehoseProducer, inProcessTransport, type ProducerStats } from '@store/firehose';
import { noticeEpisodes } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { worldOf } from '../inventory/world.js';
import type { WorldFlags } from '../options/world-flags.js';

/** Shelves times days that are really made: a second of work or less; the rest is computed from them. */
const sampledShelfDays = 200_000;
/** Shelves of a world that is opened to estimate its events: half a second, and 50 MB. */
const openedShelves = 2_000_000;

/** What a part of the world came to when it went through the producer, packed and unpacked. */
export interface WorldSample {
  /** The whole world is this many times the sample; 1 means that everything was measured. */
  readonly scale: number;
  readonly packed: ProducerStats;
  readonly single: ProducerStats;
  /** Restock requests of the sample. */
  readonly requests: number;
}

/** Makes a part of the world and sends it, by the real producer, to an endpoint that only counts. */
export async function sampleWorld(flags: WorldFlags, signal: AbortSignal): Promise<WorldSample> {
  const part = samplePart(flags);
  const early = noticeEpisodes();
  const [packed, single] = await Promise.all([
    sendAll(noted(worldOf(part).events(), early), 'packed', signal),
    sendAll(worldOf(part).events(), 'single', signal),
  ]);
  const sample = { scale: 1, packed, single, requests: early.count() };
  if (part === flags || signal.aborted || packed.delivered === 0) return sample;
  return { ...sample, scale: eventsOf(flags) / packed.delivered };
}

function* noted(
  events: Iterable<InventoryEvent>,
  early: ReturnType<typeof noticeEpisodes>,
): Generator<InventoryEvent> {
  for (const event of events) {
    early.note(event);
    yield event;
  }
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

/** Stores of the world, or of the shard that the flags ask for. */
export function storesIn({ stores, shard = { index: 0, count: 1 } }: WorldFlags): number {
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
