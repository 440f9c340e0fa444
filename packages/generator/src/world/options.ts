import { WorldError } from '../errors.js';
import { presets, type WorldModel } from '../model/world-model.js';
import { settleChaos, type Chaos, type ChaosOptions } from '../chaos/chaos-options.js';
import { instantMs } from './instant.js';

/** A part of the world: `index` of `count`, counted from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a world is made of. */
export interface WorldOptions {
  /** The same seed gives the same events, 0 to 2^53 - 1. @defaultValue 42 */
  readonly seed?: number;
  /** Stores in the whole world, 1 to 1,000,000. @defaultValue 50 */
  readonly stores?: number;
  /** Products in each store, 1 to 1,000,000; stores times products at most 100,000,000. @defaultValue 200 */
  readonly products?: number;
  /** First instant: a day, `2026-01-05` (its midnight UTC), an ISO instant or a Date. @defaultValue '2026-01-05' */
  readonly start?: string | Date;
  /** Length in days of 24 hours, 1 to 36,500. @defaultValue 1 */
  readonly days?: number;
  /** How the world behaves: a preset's name, or a model made from one. @defaultValue 'm5' */
  readonly preset?: keyof typeof presets | WorldModel;
  /** Only this part of the world: a contiguous range of stores. @defaultValue the whole world */
  readonly shard?: Shard;
  /** Faults mixed into what comes out, each with its rate; `true` takes the default rates. @defaultValue no faults */
  readonly chaos?: ChaosOptions | boolean;
  /**
   * What fills the shelves: the model's own policy, or only what `deliver` brings. @defaultValue 'policy'
   */
  readonly replenishment?: 'policy' | 'deliveries';
}

/** Options with every default filled in, checked. */
export interface WorldSettings {
  readonly seed: number;
  readonly stores: number;
  readonly products: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly model: WorldModel;
  readonly shard: Shard;
  readonly chaos: Chaos | undefined;
  readonly replenishment: 'policy' | 'deliveries';
}

/** What a world is made of when nothing is said. */
export const worldDefaults: {
  readonly seed: number;
  readonly stores: number;
  readonly products: number;
  readonly start: string;
  readonly days: number;
  readonly preset: 'm5';
} = Object.freeze({ seed: 42, stores: 50, products: 200, start: '2026-01-05', days: 1, preset: 'm5' });

/** Series that one world may have. */
export const MAX_SERIES = 100_000_000;

/** Checks an integer option. @throws WorldError `INVALID_OPTION` */
export function integer(option: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new WorldError('INVALID_OPTION', option, value, `${least} to ${most}`);
}

/** Checks options and fills in defaults. @throws WorldError `INVALID_OPTION` */
export function settle(options: WorldOptions): WorldSettings {
  const shard = options.shard ?? { index: 0, count: 1 };
  const stores = integer('stores', options.stores ?? worldDefaults.stores, 1, 1_000_000);
  const products = integer('products', options.products ?? worldDefaults.products, 1, 1_000_000);
  if (stores * products > MAX_SERIES) {
    throw new WorldError('INVALID_OPTION', 'stores × products', stores * products, `at most ${MAX_SERIES}`);
  }
  const startMs = instantMs('start', options.start ?? worldDefaults.start);
  const days = integer('days', options.days ?? worldDefaults.days, 1, 36_500);
  const count = integer('shard.count', shard.count, 1, 1_000_000);
  const replenishment = options.replenishment ?? 'policy';
  if (!['policy', 'deliveries'].includes(replenishment)) {
    throw new WorldError('INVALID_OPTION', 'replenishment', replenishment, "'policy' or 'deliveries'");
  }
  return {
    seed: integer('seed', options.seed ?? worldDefaults.seed, 0, Number.MAX_SAFE_INTEGER),
    stores,
    products,
    startMs,
    endMs: startMs + days * 86_400_000,
    model: modelOf(options.preset ?? worldDefaults.preset),
    shard: { index: integer('shard.index', shard.index, 0, count - 1), count },
    chaos: settleChaos(options.chaos),
    replenishment,
  };
}

function modelOf(preset: keyof typeof presets | WorldModel): WorldModel {
  if (typeof preset === 'object') return checked(preset);
  if (Object.hasOwn(presets, preset)) return presets[preset];
  throw new WorldError(
    'INVALID_OPTION',
    'preset',
    preset,
    `one of ${Object.keys(presets).join(', ')}, or a model`,
  );
}

const rates = [
  'storeShare',
  'productShare',
  'promotionRate',
  'missedOrderRate',
  'lateRate',
  'shrinkRate',
  'unseenShrinkShare',
  'returnRate',
  'shelfFailureRate',
  'receivingErrorRate',
  'substitutionRate',
] as const;

function checked(model: WorldModel): WorldModel {
  for (const name of rates) {
    const value: unknown = model[name];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new WorldError('INVALID_OPTION', `preset.${name}`, value, '0 to 1');
    }
  }
  const [least, most] = model.leadDays;
  integer('preset.leadDays[0]', least, 0, 14);
  integer('preset.leadDays[1]', most, least, Math.min(14, least + 3));
  integer('preset.lateDays', model.lateDays, 0, 30);
  integer('preset.reviewDays', model.reviewDays, 1, 28);
  integer('preset.countIntervalDays', model.countIntervalDays, 0, 3650);
  integer('preset.shelfLifeDays', model.shelfLifeDays, 0, 3650);
  integer('preset.leastReorderPoint', model.leastReorderPoint, 1, 10_000);
  integer('preset.fixedReorderPoint', model.fixedReorderPoint, -1, 10_000);
  integer('preset.fixedOrderUpTo', model.fixedOrderUpTo, -1, 60_000);
  if (!(model.criticalRatio > 0 && model.criticalRatio < 1)) {
    throw new WorldError(
      'INVALID_OPTION',
      'preset.criticalRatio',
      model.criticalRatio,
      'above 0 and below 1',
    );
  }
  if (!(model.fixedMean >= 0 && model.fixedMean <= 100)) {
    throw new WorldError('INVALID_OPTION', 'preset.fixedMean', model.fixedMean, '0 to 100');
  }
  return model;
}
