import {
  checkOptions,
  eitherOf,
  flag,
  nested,
  oneOf,
  required,
  satisfying,
  wholeNumber,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { chaosRules, settleChaos, type Chaos, type ChaosOptions } from '../chaos/chaos-options.js';
import { invalidOption, WorldError } from '../errors.js';
import { checkTogether, modelRules } from '../model/model-rules.js';
import { Randomness } from '../model/randomness.js';
import { frozenModel } from '../model/world-model.js';
import { settleOwn, type OwnSettings } from '../own/own-settings.js';
import { ownRules } from '../own/world-rules.js';
import type { OwnWorld, PolicyName, ProductInput, StoreInput } from '../own/world-file.js';
import { formatRules } from '../output/event-format.js';
import type { ReplenishmentPolicy } from '../policy/replenishment-policy.js';
import { settleCosts, type Costs } from '../score/costs.js';
import type { WorldIdentity } from './identity.js';
import { worldDefaults, worldLimits } from './defaults-and-limits.js';
import { presets, type PresetName, type WorldPreset } from './presets.js';

/** A part of the world: `index` of `count`, counted from 0. */
export interface WorldShard {
  /** Number of this part, 0 to `count - 1`. */
  readonly index: number;
  /** Number of parts; each store is in exactly one. */
  readonly count: number;
}

/** What a world is made of. */
export interface WorldOptions<E = InventoryEvent> extends Omit<OwnWorld, 'policy'> {
  /** Version of a world file that is spread into the options. @defaultValue 1 */
  readonly worldFile?: 1;
  /** The same seed gives the same events, 0 to 2^53 - 1. @defaultValue 42 */
  readonly seed?: number;
  /** Stores in the whole world, 1 to 1,000,000, or a list of one's own. @defaultValue 50 */
  readonly stores?: number | readonly StoreInput[];
  /**
   * Products in each store, 1 to 1,000,000, or a list of one's own; stores times products at most 100,000,000.
   *
   * @defaultValue 200
   */
  readonly products?: number | readonly ProductInput[];
  /** First instant: a day, `2026-01-05` (its midnight UTC), an ISO instant or a Date. @defaultValue '2026-01-05' */
  readonly start?: string | Date;
  /** Length in days of 24 hours, 1 to 36,500. @defaultValue 1 */
  readonly days?: number;
  /**
   * Ends the world after this many events of its shard, 1 to 2^53 - 1: each of several shards has as many.
   * With chaos they are the events that come out. @defaultValue all that its days have
   */
  readonly maxEvents?: number;
  /** How the world behaves and how its events look: one of `presets`, its name, or data of your own. @defaultValue 'm5' */
  readonly preset?: PresetName<E> | WorldPreset<E>;
  /** Only this part of the world: a contiguous range of stores. @defaultValue the whole world */
  readonly shard?: WorldShard;
  /** Faults mixed into what comes out, each with its rate; `true` takes the default rates. @defaultValue no faults */
  readonly chaos?: ChaosOptions | boolean;
  /**
   * What fills the shelves: the model's own policy, or only what `deliver` brings. @defaultValue 'policy'
   */
  readonly replenishment?: 'policy' | 'deliveries';
  /**
   * How stores order: a built-in policy, or a function of what a retailer knows in the evening. Event identifiers and the
   * preset's reorder points do not depend on a function. @defaultValue the preset's
   */
  readonly policy?: PolicyName | ReplenishmentPolicy;
}

/** Options with every default filled in, checked. */
export interface WorldSettings extends WorldIdentity {
  readonly endMs: number;
  /** Infinity without a bound. */
  readonly maxEvents: number;
  readonly shard: WorldShard;
  readonly chaos: Chaos | undefined;
  readonly own: OwnSettings | undefined;
  /** How stores order, where it is a function. */
  readonly policy: ReplenishmentPolicy | undefined;
  readonly costs: Costs;
}

const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;
const EARLIEST = Date.UTC(1970, 0, 11);
const LATEST = Date.UTC(9000, 0, 1);

/** Accepts a day, an ISO instant with its offset, or a Date. */
export const instantRule: OptionRule = satisfying(
  'a day such as 2026-01-05, an instant such as 2026-01-05T08:00:00Z, or a Date, from 1970-01-11 to 8999',
  (value) => {
    const ms =
      typeof value === 'string' ? (iso.test(value) ? Date.parse(value) : Number.NaN) : msOfDate(value);
    return ms >= EARLIEST && ms <= LATEST && (typeof value !== 'string' || isRealDay(value));
  },
);

/** A Date from another realm is not an instance of ours, but has what ours has; a list or a number has not. */
function msOfDate(value: unknown): number {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return Number.NaN;
  }
}

// Date.parse takes 2026-02-30 for the second of March.
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** Milliseconds since 1970 of an instant. @throws WorldError `INVALID_OPTION` */
export function instantMs(option: string, value: string | Date): number {
  const problem = instantRule.problem(value, option);
  if (problem !== undefined) throw invalidOption(problem);
  return typeof value === 'string' ? Date.parse(value) : Number(value);
}

const presetRules: OptionRules<WorldPreset<unknown>> = {
  model: required(nested(modelRules)),
  format: required(nested(formatRules)),
};

const shardRules: OptionRules<WorldShard> = {
  index: required(wholeNumber(0, 999_999)),
  count: required(wholeNumber(1, 1_000_000)),
};

const countRules = {
  stores: wholeNumber(1, worldLimits.stores),
  products: wholeNumber(1, worldLimits.products),
};

const worldRules: OptionRules<WorldOptions<unknown> & { readonly network: unknown }> = {
  ...countRules,
  // These take lists, too.
  ...ownRules,
  worldFile: satisfying('1, the version of the format', (value) => value === 1),
  seed: wholeNumber(0),
  start: instantRule,
  days: wholeNumber(1, worldLimits.days),
  maxEvents: wholeNumber(1),
  preset: eitherOf(oneOf(...Object.keys(presets)), nested(presetRules)),
  shard: nested(shardRules),
  chaos: eitherOf(flag(), nested(chaosRules)),
  replenishment: oneOf('policy', 'deliveries'),
};

/** Checks options and fills in defaults. @throws WorldError `INVALID_OPTION` */
export function settle<E>(options: Omit<WorldOptions<E>, 'extra'> & { readonly extra?: unknown }): {
  readonly settings: WorldSettings;
  readonly preset: WorldPreset<E>;
} {
  checkOptions(options, worldRules, invalidOption);
  const { shard = { index: 0, count: 1 }, days = worldDefaults.days } = options;
  const stores = countOf(options.stores ?? worldDefaults.stores);
  const products = countOf(options.products ?? worldDefaults.products);
  if (stores * products > worldLimits.series) {
    const most = `at most ${worldLimits.series}`;
    throw new WorldError('INVALID_OPTION', 'stores × products', stores * products, most);
  }
  if (shard.index >= shard.count) {
    throw new WorldError('INVALID_OPTION', 'shard.index', shard.index, `0 to ${shard.count - 1}`);
  }
  const startMs = instantMs('start', options.start ?? worldDefaults.start);
  const preset = presetOf(options.preset);
  checkTogether(preset.model, 'preset.model');
  const seed = options.seed ?? worldDefaults.seed;
  const { policy = preset.model.policy } = options;
  const ownPolicy = typeof policy === 'function' ? policy : undefined;
  if (ownPolicy !== undefined && options.replenishment === 'deliveries') {
    const asked =
      "'policy', since `policy` is a function, which is never asked where only deliveries fill shelves";
    throw new WorldError('INVALID_OPTION', 'replenishment', 'deliveries', asked);
  }
  const own = settleOwn(
    {
      ...options,
      stores: options.stores ?? stores,
      products: options.products ?? products,
      policy: typeof options.policy === 'function' ? undefined : options.policy,
    },
    preset.model,
    new Randomness(seed),
  );
  return {
    preset,
    settings: {
      seed,
      stores,
      products,
      startMs,
      endMs: startMs + days * 86_400_000,
      maxEvents: options.maxEvents ?? Infinity,
      format: preset.format.name,
      // What a caller changes later changes no world.
      model: frozenModel({
        ...preset.model,
        policy: typeof policy === 'function' ? preset.model.policy : policy,
      }),
      shard: { ...shard },
      chaos: settleChaos(options.chaos),
      replenishment: options.replenishment ?? 'policy',
      own,
      ownDigest: own?.digest,
      policy: ownPolicy,
      costs: settleCosts(options.costs),
    },
  };
}

/**
 * Checks options as `createWorld` does, without building the world: of a large one, that takes seconds.
 *
 * @example
 * ```ts
 * import { checkWorldOptions } from '@store/generator';
 *
 * checkWorldOptions({ stores: 5000, products: 2000 });
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function checkWorldOptions<E>(
  options: Omit<WorldOptions<E>, 'extra'> & { readonly extra?: unknown } = {},
): void {
  settle(options);
}

const countOf = (given: number | readonly unknown[]): number =>
  typeof given === 'number' ? given : given.length;

function presetOf<E>(preset: PresetName<E> | WorldPreset<E> = defaultName()): WorldPreset<E> {
  if (typeof preset === 'object') return preset;
  const named: WorldPreset<unknown> = presets[preset];
  // `PresetName<E>` has only names of presets whose events are of type E.
  return named as WorldPreset<E>;
}

// Without a preset E is InventoryEvent, unless a caller writes another type for what only a preset can decide.
const defaultName = <E>(): PresetName<E> => worldDefaults.preset as PresetName<E>;
