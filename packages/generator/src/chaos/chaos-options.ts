import { numberBetween, type OptionRules } from '@store/foundation';
import { WorldError } from '../errors.js';

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
export const chaosDefaults: Chaos = Object.freeze({
  late: 0.01,
  lateMinutes: 120,
  outOfOrder: 0.02,
  duplicate: 0.01,
  dropped: 0.005,
  corrupt: 0.001,
  drift: 0.001,
  skew: 0.1,
  skewSeconds: 300,
});

const nothing: Chaos = {
  late: 0,
  lateMinutes: 120,
  outOfOrder: 0,
  duplicate: 0,
  dropped: 0,
  corrupt: 0,
  drift: 0,
  skew: 0,
  skewSeconds: 300,
};

const share = numberBetween(0, 1);

/** Rules of the faults, for `checkOptions`. */
export const chaosRules: OptionRules<ChaosOptions> = {
  late: share,
  lateMinutes: numberBetween(1, 10_080),
  outOfOrder: share,
  duplicate: share,
  dropped: share,
  corrupt: share,
  drift: share,
  skew: share,
  skewSeconds: numberBetween(1, 86_400),
};

/** Fills in the faults; undefined for none. @throws WorldError `INVALID_OPTION` */
export function settleChaos(options: ChaosOptions | boolean | undefined): Chaos | undefined {
  if (options === undefined || options === false) return undefined;
  if (options === true) return chaosDefaults;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const chaos: Chaos = { ...nothing, ...Object.fromEntries(given) };
  if (chaos.corrupt + chaos.drift > 1) {
    const allowed = `at most 1 less \`corrupt\`, ${1 - chaos.corrupt}`;
    throw new WorldError('INVALID_OPTION', 'chaos.drift', chaos.drift, allowed);
  }
  return chaos;
}
