/** When clocks go forward: the rule of a group of countries, as it stands since 2007 (US, NZ), 1996 (EU), 2008 (AU). */
export type DaylightRule = 'none' | 'us' | 'eu' | 'au' | 'nz';
/** A zone's name in the IANA data base with its rule; rules are here because an engine's own tables change. */
export interface TimeZone {
    /** IANA name, such as `Europe/Berlin`. */
    readonly name: string;
    /** Minutes east of UTC in standard time. */
    readonly standardMinutes: number;
    /** Rule for the hour of summer time. */
    readonly daylight: DaylightRule;
}
/**
 * Minutes east of UTC by which a zone's clocks run during the opening hours of a local day. Clocks change early
 * on a Sunday, before any store may open ({@link openAfterChange}), so one offset serves a whole business day.
 */
export declare function offsetMinutes(zone: TimeZone, day: number): number;
/**
 * Returns the time of day from which a zone's clocks run at the day's own offset on each Sunday, `03:00`; undefined in a
 * zone whose clocks do not change. Europe changes at 01:00 UTC, the others at 02:00 of their standard time.
 */
export declare function openAfterChange({ standardMinutes, daylight }: TimeZone): string | undefined;
type InZone = {
    readonly timeZone: TimeZone;
};
/** Minutes east of UTC by which the clocks of the easternmost of these stores run on a local day. */
export declare function greatestOffset(stores: readonly InZone[], day: number): number;
/** The same of the westernmost. */
export declare function leastOffset(stores: readonly InZone[], day: number): number;
export {};
//# sourceMappingURL=time-zone.d.ts.map