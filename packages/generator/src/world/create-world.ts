import { checkOptions } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { brokenLine } from '../chaos/broken-line.js';
import { ChaosSource } from '../chaos/chaos-source.js';
import { ShardClock } from '../day/shard-clock.js';
import type { Delivery } from '../day/deliveries.js';
import { invalidOption, WorldError } from '../errors.js';
import { BoundedSource } from '../output/bounded-source.js';
import { dailySeriesOf, endOf } from '../output/daily-series.js';
import { liveRules, playLive } from '../output/live.js';
import { openingShelvesOf } from '../output/opening-shelves.js';
import { openFormat, type ExtraContext, type ExtraFields } from '../output/own-format.js';
import {
  NdjsonChunk,
  ndjsonRules,
  ndjsonStreamOf,
  ndjsonStreamRules,
  type BrokenLine,
} from '../output/ndjson.js';
import { extraProblem } from '../own/own-settings.js';
import type { ExtraColumn, ExtraOf } from '../own/world-file.js';
import { costBoundOf } from '../score/cost-bound.js';
import { scoreOf } from '../score/score.js';
import { truthOf } from '../truth/truth.js';
import { deliveryDesk } from './deliver.js';
import { estimateOf } from './estimate.js';
import { fingerprintOf } from './identity.js';
import { instantMs, settle, type WorldOptions, type WorldSettings } from './options.js';
import type { WorldPreset } from './presets.js';
import { checkPlace, chunkFiller, readBatches, readChunks, readEvents, Reader } from './reader.js';
import { openSnapshot, packSnapshot, resumeFrom } from './snapshot.js';
import { batchRules, eventRules, type World } from './world.js';

const CHUNK_BYTES = 65_536;

/**
 * Creates a world and returns it at its start. The same options give the same events on every engine; nothing is
 * read from outside, no clock and no random source.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 40, start: '2026-01-05', days: 2 });
 * for (const event of world.events()) {
 *   if (event.is_low_stock) console.log(event.store_id, event.product_name, event.current_stock);
 * }
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function createWorld<E = InventoryEvent, X extends object = object>(
  options: Omit<WorldOptions<E>, 'extra'> & { readonly extra: (event: E, context: ExtraContext) => X },
): World<E & X>;
/** The same with declared extra columns, which are fields of the events. @throws WorldError `INVALID_OPTION` */
export function createWorld<E = InventoryEvent, const C extends readonly ExtraColumn[] = []>(
  options: Omit<WorldOptions<E>, 'extra'> & { readonly extra: C },
): World<E & ExtraOf<C>>;
/** The same without extra fields. @throws WorldError `INVALID_OPTION` */
export function createWorld<E = InventoryEvent>(options?: WorldOptions<E>): World<E>;
export function createWorld<E>(
  options: Omit<WorldOptions<E>, 'extra'> & { readonly extra?: readonly ExtraColumn[] | ExtraFields<E> } = {},
): World<E> {
  const { settings, preset } = settle(options);
  const { extra } = options;
  return worldOf(settings, preset, typeof extra === 'function' ? extra : undefined, []);
}

function worldOf<E>(
  settings: WorldSettings,
  preset: WorldPreset<E>,
  fields: ExtraFields<E> | undefined,
  accepted: readonly Delivery[],
): World<E> {
  const { startMs, endMs, maxEvents, chaos, shard } = settings;
  const fingerprint = fingerprintOf(settings);
  const clock = clockOf(settings, accepted);
  const { stores, products } = clock;
  const troubled = chaos === undefined ? undefined : new ChaosSource(clock, chaos);
  const counted = troubled ?? clock;
  const bound =
    maxEvents === Infinity ? undefined : new BoundedSource(counted, maxEvents, () => counted.handed);
  const reader = new Reader(bound ?? counted);
  const limits = [
    ...(bound === undefined ? [] : [maxEvents]),
    ...(settings.policy === undefined ? [] : ['own policy']),
  ];
  const identity = [
    ...[fingerprint, endMs, shard.index, shard.count, JSON.stringify(chaos ?? null)],
    ...limits,
  ].join(' ');
  const declared = settings.own?.extra ?? [];
  const format = openFormat(preset.format, { fingerprint, stores, products }, declared, fields);
  const { eventAt } = format;
  const broken: BrokenLine = (batch, n) =>
    brokenLine(batch.fault[n] ?? 0, eventAt(batch, n), batch.sequence[n] ?? 0);
  const newChunk = (chunkBytes = CHUNK_BYTES): NdjsonChunk => {
    if (fields !== undefined) throw extraProblem('extra', fields);
    return new NdjsonChunk(format.encoder(), chunkBytes, chaos === undefined ? undefined : broken);
  };

  function seek(instant: string | Date): void {
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
    else troubled.skipTo(ms, startMs, bound !== undefined);
    bound?.moved();
  }

  const openClock = (): ShardClock => clockOf(settings, clock.deliveries.all);
  const timeEnd = (): number => (maxEvents === Infinity ? endMs : endOf(openClock, maxEvents));

  return {
    stores,
    products,
    columns: format.columns,
    extraColumns: format.extra,
    startMs,
    endMs,
    eventAt(batch, n) {
      checkPlace(batch, n);
      return eventAt(batch, n);
    },

    // Options are checked at the call, not when the first piece is read.
    events(given = {}) {
      checkOptions(given, eventRules, invalidOption);
      return readEvents(reader, eventAt, given);
    },

    batches(given = {}) {
      checkOptions(given, batchRules, invalidOption);
      return readBatches(reader, given);
    },

    ndjson(given = {}) {
      checkOptions(given, ndjsonRules, invalidOption);
      return readChunks(chunkFiller(reader, given.maxEvents), newChunk(given.chunkBytes), given);
    },

    ndjsonStream(given = {}) {
      checkOptions(given, ndjsonStreamRules, invalidOption);
      const { chunkBytes = CHUNK_BYTES, signal } = given;
      return ndjsonStreamOf(newChunk(chunkBytes), chunkFiller(reader, given.maxEvents), chunkBytes, signal);
    },

    live(given = {}) {
      checkOptions(given, liveRules, invalidOption);
      reader.settle();
      return playLive(reader.source(given.totalEvents), Math.max(startMs, clock.reachedMs), given);
    },

    seek,

    at(instant) {
      const other = worldOf(settings, preset, fields, clock.deliveries.all);
      other.seek(instant);
      return other;
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
      bound?.moved();
    },

    deliver: deliveryDesk(clock, startMs, endMs),

    truth() {
      reader.settle();
      const untilMs = Math.max(clock.untilMs, troubled?.soughtMs ?? -Infinity);
      const deliveries = clock.deliveries.all.slice();
      return truthOf((onFault) => {
        const again = clockOf(settings, deliveries);
        return {
          clock: again,
          source: chaos === undefined ? again : new ChaosSource(again, chaos, onFault),
          untilMs,
        };
      }, fingerprint);
    },

    estimate() {
      reader.settle();
      const ahead = estimateOf({ settings, clock, eventAt, open: clockOf });
      const share = Math.min(1, (bound?.left ?? Infinity) / ahead.events);
      return share < 1
        ? { events: bound?.left ?? 0, bytes: Math.round(ahead.bytes * share), exact: ahead.exact }
        : ahead;
    },

    openingShelves() {
      return openingShelvesOf(openClock(), startMs);
    },

    dailySeries() {
      const deliveries = clock.deliveries.all.slice();
      return dailySeriesOf(() => clockOf(settings, deliveries), startMs, endMs, maxEvents);
    },

    score() {
      return scoreOf(openClock(), startMs, timeEnd(), settings.costs);
    },

    costBound() {
      const { costs, model } = settings;
      // What is brought from outside costs no order.
      const brought = settings.replenishment === 'deliveries' || clock.deliveries.all.length > 0;
      const again = clockOf({ ...settings, policy: undefined }, []);
      return costBoundOf(again, model, startMs, timeEnd(), brought ? { ...costs, ordering: 0 } : costs);
    },
  };
}

function clockOf(settings: WorldSettings, deliveries: readonly Delivery[]): ShardClock {
  const clock = new ShardClock(settings);
  for (const delivery of deliveries) clock.deliveries.add(delivery);
  return clock;
}
