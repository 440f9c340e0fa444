import { type OptionRule } from '@store/foundation';
import type { InventoryEvent } from '@store/schema';
import { type Chaos, type ChaosOptions } from '../chaos/chaos-options.js';
import { type OwnSettings } from '../own/own-settings.js';
import type { OwnWorld, PolicyName, ProductInput, StoreInput } from '../own/world-file.js';
import type { ReplenishmentPolicy } from '../policy/replenishment-policy.js';
import { type Costs } from '../score/costs.js';
import type { WorldIdentity } from './identity.js';
import { type PresetName, type WorldPreset } from './presets.js';
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
     * Ends the world after so many events of its shard, 1 to 2^53 - 1: each of several shards has as many. With chaos they are
     * the events that come out. @defaultValue all that its days have
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
/** Accepts a day, an ISO instant with its offset, or a Date. */
export declare const instantRule: OptionRule;
/** Milliseconds since 1970 of an instant. @throws WorldError `INVALID_OPTION` */
export declare function instantMs(option: string, value: string | Date): number;
/** Checks options and fills in defaults. @throws WorldError `INVALID_OPTION` */
export declare function settle<E>(options: Omit<WorldOptions<E>, 'extra'> & {
    readonly extra?: unknown;
}): {
    readonly settings: WorldSettings;
    readonly preset: WorldPreset<E>;
};
//# sourceMappingURL=options.d.ts.map