import { WorldError } from './errors.js';

/** A part of the world: `index` of `count`, counted from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a world is made of. */
export interface WorldOptions {
  /** The same seed gives the same events. @defaultValue 42 */
  readonly seed?: number;
  /** Stores in the whole world. @defaultValue 50 */
  readonly stores?: number;
  /** Products in each store. @defaultValue 200 */
  readonly products?: number;
  /** First day, `2026-01-05`, or an instant in it; the world begins at its midnight UTC. @defaultValue '2026-01-05' */
  readonly start?: string;
  /** Simulated days. @defaultValue 1 */
  readonly days?: number;
  /** Only this part of the world: a range of stores. @defaultValue the whole world */
  readonly shard?: Shard;
}

/** Options with every default filled in, checked. */
export interface WorldSettings {
  readonly seed: number;
  readonly stores: number;
  readonly products: number;
  /** Midnight UTC of the first day, milliseconds since 1970. */
  readonly startMs: number;
  readonly days: number;
  readonly shard: Shard;
}

const msPerDay = 86_400_000;

function integer(option: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new WorldError(
    'INVALID_OPTION',
    option,
    `Expected \`${option}\` to be ${least} to ${most}, got ${value}.`,
  );
}

/** Checks options and fills in defaults. @throws WorldError `INVALID_OPTION` */
export function settle(options: WorldOptions): WorldSettings {
  const {
    seed = 42,
    stores = 50,
    products = 200,
    start = '2026-01-05',
    days = 1,
    shard = { index: 0, count: 1 },
  } = options;
  const startAt = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(start) ? Date.parse(start) : Number.NaN;
  if (Number.isNaN(startAt)) {
    throw new WorldError(
      'INVALID_OPTION',
      'start',
      `Expected \`start\` to be a day such as 2026-01-05 or an instant in UTC, got '${start}'.`,
    );
  }
  const count = integer('shard.count', shard.count, 1, 1_000_000);
  return {
    seed: integer('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    stores: integer('stores', stores, 1, 1_000_000),
    products: integer('products', products, 1, 1_000_000),
    startMs: Math.floor(startAt / msPerDay) * msPerDay,
    days: integer('days', days, 1, 36_500),
    shard: { index: integer('shard.index', shard.index, 0, count - 1), count },
  };
}
