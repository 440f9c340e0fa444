import { type OptionRules } from '@store/foundation';
/** Faults that can be mixed into the events; each field is the share of events it touches, 0 to 1. */
export interface ChaosOptions {
    /** Comes out late, by up to `lateMinutes`. @defaultValue 0 */
    readonly late?: number;
    /** Longest delay of a late event, minutes, 1 to 10,080. @defaultValue 120 */
    readonly lateMinutes?: number;
    /**
     * Comes out behind one to four later events, of those that are not late. Where every event does, one in 257 keeps its
     * turn. @defaultValue 0
     */
    readonly outOfOrder?: number;
    /** Comes out twice, with the same `event_id`. @defaultValue 0 */
    readonly duplicate?: number;
    /** Does not come out at all. @defaultValue 0 */
    readonly dropped?: number;
    /** Its line of NDJSON is cut or broken; objects and columns cannot show this one. @defaultValue 0 */
    readonly corrupt?: number;
    /** Its line of NDJSON has a renamed, retyped or unknown field; with `corrupt` at most 1. @defaultValue 0 */
    readonly drift?: number;
    /** Share of stores whose clocks are wrong, by up to `skewSeconds` either way, for the whole run. @defaultValue 0 */
    readonly skew?: number;
    /** Largest error of a wrong clock, seconds, 1 to 86,400. @defaultValue 300 */
    readonly skewSeconds?: number;
}
/** Every chaos option filled in. */
export type Chaos = Required<ChaosOptions>;
/** What `chaos: true` mixes in. */
export declare const chaosDefaults: Chaos;
/** Rules of the faults, for `checkOptions`. */
export declare const chaosRules: OptionRules<ChaosOptions>;
/** Fills in the faults; undefined for none. @throws WorldError `INVALID_OPTION` */
export declare function settleChaos(options: ChaosOptions | boolean | undefined): Chaos | undefined;
//# sourceMappingURL=chaos-options.d.ts.map