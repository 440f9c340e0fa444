import { checkOptions, flag, listOf, oneOf, wholeNumber, type OptionRules } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { constant, constantFrom, integer, record, type Arbitrary } from 'fast-check';
import { invalidOption, type WorldError } from '../errors.js';
import { createWorld } from '../world/create-world.js';
import type { WorldOptions } from '../world/options.js';
import type { PresetName } from '../world/presets.js';

/** Which worlds are drawn. */
export interface WorldConstraints {
  /** Most stores, 1 to 1,000. @defaultValue 10 */
  readonly maxStores?: number;
  /** Most products, 1 to 10,000. @defaultValue 20 */
  readonly maxProducts?: number;
  /** Most days, 1 to 3,650. @defaultValue 7 */
  readonly maxDays?: number;
  /** Presets to draw from, the simplest first. @defaultValue ['m5', 'fresh', 'highLow', 'audit', 'theory'] */
  readonly presets?: readonly PresetName<InventoryEvent>[];
  /** Whether some worlds have chaos, with the default rates. @defaultValue false */
  readonly chaos?: boolean;
}

/** Which events are drawn. */
export interface WorldEventConstraints extends WorldConstraints {
  /**
   * Least events, 0 to 100,000; worlds with fewer are not drawn. The largest world that the bounds allow must have as many, and
   * many more to be drawn soon. @defaultValue 0
   */
  readonly minEvents?: number;
  /** Most events: the first ones of a world, 1 to 100,000. @defaultValue 1000 */
  readonly maxEvents?: number;
}

/** Options of a world that was drawn, for `createWorld`: plain data, which a failed property prints. */
export type DrawnWorld = Required<Pick<WorldOptions, 'seed' | 'stores' | 'products' | 'days' | 'start'>> & {
  readonly stores: number;
  readonly products: number;
  readonly preset: PresetName<InventoryEvent>;
  readonly chaos: boolean;
};

/** The largest worlds, where nothing is said. */
const largest = { maxStores: 10, maxProducts: 20, maxDays: 7 };
const kinds = ['m5', 'fresh', 'highLow', 'audit', 'theory'] as const;

const worldRules: OptionRules<WorldConstraints> = {
  maxStores: wholeNumber(1, 1000),
  maxProducts: wholeNumber(1, 10_000),
  maxDays: wholeNumber(1, 3650),
  presets: listOf(oneOf(...kinds)),
  chaos: flag(),
};
const eventRules: OptionRules<WorldEventConstraints> = {
  ...worldRules,
  minEvents: wholeNumber(0, 100_000),
  maxEvents: wholeNumber(1, 100_000),
};

/** Days after 2026-01-05 on which a world may start: a year, with every holiday. */
const START_DAYS = 365;
const startOf = (day: number): string => new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);

/**
 * Returns an arbitrary of worlds, as options for `createWorld`. It shrinks to one store with one product for one day, of the
 * first preset, without chaos, from 2026-01-05 on and with seed 0.
 *
 * @example
 * ```ts
 * import { createWorld } from '@store/generator';
 * import { worlds } from '@store/generator/fast-check';
 * import fc from 'fast-check';
 *
 * fc.assert(
 *   fc.property(worlds({ maxDays: 3 }), (options) => {
 *     for (const event of createWorld(options).events()) if (event.current_stock < 0) return false;
 *     return true;
 *   }),
 * );
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function worlds(constraints: WorldConstraints = {}): Arbitrary<DrawnWorld> {
  checkOptions(constraints, worldRules, invalidOption);
  return drawn(constraints);
}

function drawn({
  maxStores = largest.maxStores,
  maxProducts = largest.maxProducts,
  maxDays = largest.maxDays,
  presets = kinds,
  chaos = false,
}: WorldConstraints): Arbitrary<DrawnWorld> {
  return record({
    stores: integer({ min: 1, max: maxStores }),
    products: integer({ min: 1, max: maxProducts }),
    days: integer({ min: 1, max: maxDays }),
    preset: constantFrom(...(presets.length === 0 ? kinds : presets)),
    chaos: chaos ? constantFrom(false, true) : constant(false),
    start: integer({ min: 0, max: START_DAYS }).map(startOf),
    seed: integer({ min: 0, max: 0x7fff_ffff }),
  });
}

/**
 * Returns an arbitrary of the first events of a world: real histories, in which stock, orders and prices hang together. It
 * shrinks as `worlds` does, and so to short histories of few series.
 *
 * @example
 * ```ts
 * import { worldEvents } from '@store/generator/fast-check';
 * import fc from 'fast-check';
 *
 * fc.assert(
 *   fc.property(worldEvents({ minEvents: 1 }), (events) => {
 *     return new Set(events.map(({ event_id }) => event_id)).size === events.length;
 *   }),
 * );
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function worldEvents(constraints: WorldEventConstraints = {}): Arbitrary<InventoryEvent[]> {
  checkOptions(constraints, eventRules, invalidOption);
  const { minEvents = 0, maxEvents = 1000 } = constraints;
  if (minEvents > maxEvents) throw tooManyWanted(minEvents, `at most \`maxEvents\`, ${maxEvents}`);
  const most = mostEvents(constraints, minEvents);
  if (most < minEvents)
    throw tooManyWanted(minEvents, `at most the ${most} events of the largest world that the bounds allow`);
  return drawn(constraints)
    .map((options) => [...createWorld(options).events({ maxEvents })])
    .filter((events) => events.length >= minEvents);
}

function tooManyWanted(minEvents: number, allowed: string): WorldError {
  return invalidOption({
    path: 'minEvents',
    value: minEvents,
    expected: allowed,
    message: `Expected \`minEvents\` to be ${allowed}, got ${minEvents}.`,
  });
}

/** Events of the largest world that may be drawn, as far as they are wanted. */
function mostEvents(constraints: WorldConstraints, wanted: number): number {
  const { maxStores: stores, maxProducts: products, maxDays: days } = { ...largest, ...constraints };
  const { presets = kinds } = constraints;
  let most = 0;
  for (const preset of presets.length === 0 ? kinds : presets) {
    if (most >= wanted) break;
    const world = createWorld({ seed: 0, stores, products, days, start: startOf(0), preset });
    let count = 0;
    for (const batch of world.batches({ maxEvents: wanted, lend: true })) count += batch.length;
    most = Math.max(most, count);
  }
  return most;
}
