import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import { brokenLine } from '../chaos/broken-line.js';
import { ChaosSource } from '../chaos/chaos-source.js';
import { ShardClock } from '../day/shard-clock.js';
import { WorldError } from '../errors.js';
import { EventBatch } from '../output/event-batch.js';
import { inventoryBuilder, workshopBuilder, type EventBuilder } from '../output/event-object.js';
import { checkPace, platformClock, playLive } from '../output/live.js';
import { NdjsonEncoder } from '../output/ndjson-encoder.js';
import { ndjsonStreamOf } from '../output/ndjson-stream.js';
import { truthOf } from '../truth/truth.js';
import { deliveryDesk } from './deliver.js';
import { fingerprintOf } from './fingerprint.js';
import { instantMs } from './instant.js';
import { integer, settle, type WorldOptions } from './options.js';
import { Reader } from './reader.js';
import { openSnapshot, packSnapshot, resumeFrom } from './snapshot.js';
import type { World } from './world.js';
import type { presets, WorldModel } from '../model/world-model.js';

const LARGEST_CHUNK = 67_108_864;

/** Options of a world that tells the workshop's nine fields. */
export type WorkshopOptions = WorldOptions & {
  readonly preset: 'workshop' | (WorldModel & { readonly format: 'workshop' });
};

/** Options of a world of full inventory events. */
export type InventoryOptions = WorldOptions & {
  readonly preset?:
    Exclude<keyof typeof presets, 'workshop'> | (WorldModel & { readonly format: 'inventory' });
};

/**
 * Creates a world. The same options give the same events on every engine; nothing is read from outside, no clock
 * and no random source.
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function createWorld(options: WorkshopOptions): World<WorkshopEvent>;
export function createWorld(options?: InventoryOptions): World;
export function createWorld(options: WorldOptions): World<InventoryEvent | WorkshopEvent>;
export function createWorld(options: WorldOptions = {}): World<InventoryEvent | WorkshopEvent> {
  const settings = settle(options);
  const { startMs, endMs, chaos, shard } = settings;
  const fingerprint = fingerprintOf(settings);
  const clock = new ShardClock(settings);
  const { stores, products } = clock;
  const troubled = chaos === undefined ? undefined : new ChaosSource(clock, chaos);
  const reader = new Reader(troubled ?? clock);
  const identity = [fingerprint, endMs, shard.index, shard.count, JSON.stringify(chaos ?? null)].join(' ');
  const workshop = settings.model.format === 'workshop';
  const eventAt: EventBuilder<InventoryEvent | WorkshopEvent> = workshop
    ? workshopBuilder(stores, products)
    : inventoryBuilder(fingerprint, stores, products);
  const line = (batch: EventBatch, n: number): string => `${JSON.stringify(eventAt(batch, n))}\n`;
  const broken = (batch: EventBatch, n: number): string => {
    const fault = batch.fault[n] ?? 0;
    return fault === 0 ? line(batch, n) : brokenLine(fault, eventAt(batch, n), batch.sequence[n] ?? 0);
  };
  const newEncoder = (chunkBytes: number): NdjsonEncoder =>
    new NdjsonEncoder({ fingerprint, stores, products, chunkBytes, broken, always: workshop });
  const chunkOf = (value = 65_536): number => integer('chunkBytes', value, 1024, LARGEST_CHUNK);

  function fillEncoder(encoder: NdjsonEncoder): boolean {
    while (!encoder.full && reader.ready()) reader.next = encoder.encode(reader.batch, reader.next);
    return encoder.length > 0;
  }

  function* readBatches(batch: EventBatch, signal?: AbortSignal): Generator<EventBatch, void, void> {
    while (reader.into(batch)) {
      throwIfAborted(signal, () => {
        (troubled ?? clock).unfill(batch, 0);
      });
      yield batch;
    }
  }

  function* readChunks(encoder: NdjsonEncoder, signal?: AbortSignal): Generator<Uint8Array, void, void> {
    for (;;) {
      throwIfAborted(signal);
      encoder.length = 0;
      if (!fillEncoder(encoder)) return;
      yield encoder.bytes;
    }
  }

  return {
    stores,
    products,
    startMs,
    endMs,
    eventAt,

    *events({ signal } = {}) {
      while (reader.ready()) {
        throwIfAborted(signal);
        yield eventAt(reader.batch, reader.next++);
      }
    },

    // Options are checked at the call, not when the first piece is asked for.
    batches({ maxEvents = 8192, signal } = {}) {
      return readBatches(new EventBatch(integer('maxEvents', maxEvents, 1, 1_048_576)), signal);
    },

    ndjson({ chunkBytes, signal } = {}) {
      return readChunks(newEncoder(chunkOf(chunkBytes)), signal);
    },

    ndjsonStream({ chunkBytes, signal } = {}) {
      const size = chunkOf(chunkBytes);
      return ndjsonStreamOf(newEncoder(size), fillEncoder, size, signal);
    },

    live({ speed = 1, maxRate = Infinity, maxEvents = 1024, signal, clock: time = platformClock } = {}) {
      checkPace(speed, maxRate);
      const batch = new EventBatch(integer('maxEvents', maxEvents, 1, 65_536));
      reader.settle();
      const source = { fill: (into: EventBatch) => reader.into(into), unfill: unfill() };
      return playLive(source, batch, Math.max(startMs, clock.reachedMs), {
        speed,
        maxRate,
        clock: time,
        signal,
      });
    },

    seek(instant) {
      const ms = instantMs('instant', instant);
      if (ms < startMs || ms > endMs) {
        throw new WorldError(
          'OUT_OF_RANGE',
          'instant',
          instant,
          `from ${new Date(startMs).toISOString()} to ${new Date(endMs).toISOString()}`,
        );
      }
      reader.settle();
      if (ms <= clock.reachedMs || troubled !== undefined) clock.rewind();
      if (troubled === undefined) clock.skipTo(ms);
      else troubled.skipTo(ms, startMs);
    },

    snapshot() {
      reader.settle();
      return packSnapshot(clock, identity, troubled?.waiting);
    },

    restore(snapshot) {
      const opened = openSnapshot(snapshot, identity);
      reader.drop();
      resumeFrom(clock, opened);
      troubled?.resume(opened.waiting);
    },

    deliver: deliveryDesk(clock),

    truth() {
      reader.settle();
      const untilMs = clock.reachedMs;
      const deliveries = clock.deliveries.all.slice();
      return truthOf((heard) => {
        const again = new ShardClock(settings);
        for (const delivery of deliveries) again.deliveries.add(delivery);
        return {
          clock: again,
          source: chaos === undefined ? again : new ChaosSource(again, chaos, heard),
          untilMs,
        };
      }, fingerprint);
    },
  };

  function unfill(): (batch: EventBatch, from: number) => void {
    return (batch, from) => {
      (troubled ?? clock).unfill(batch, from);
    };
  }
}

function throwIfAborted(signal: AbortSignal | undefined, before?: () => void): void {
  if (signal?.aborted !== true) return;
  before?.();
  throw new WorldError('ABORTED', 'signal', 'an abort', 'not aborted while the world is read');
}
