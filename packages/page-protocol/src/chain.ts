/** How each part of the chain is, and what it was like before. */

/** The parts of the chain, in the order in which events pass them. */
export const partNames = ['world', 'producer', 'endpoint', 'lake', 'planner', 'trucks'] as const;
/** One of them. */
export type PartName = (typeof partNames)[number];

/** Why a part is as it is; the page has a word for each. */
export interface PartCauses {
  readonly world: 'running' | 'paused' | 'ended';
  readonly producer: 'sending' | 'catching up' | 'throttled' | 'retrying' | 'gave up';
  readonly endpoint: 'answers' | 'refuses' | 'cuts' | 'down';
  readonly lake: 'fresh' | 'behind' | 'unreachable';
  readonly planner: 'ran' | 'behind' | 'unreachable';
  readonly trucks: 'driving' | 'behind' | 'unreachable';
}

/** One part. It is well only while its last good news is younger than three of its own intervals: the page's clock decides. */
export interface PartStatus<Part extends PartName = PartName> {
  readonly state: 'well' | 'slow' | 'dead';
  readonly cause: PartCauses[Part];
  /** Real time at which the cause began, milliseconds since 1970, by the server's clock. */
  readonly since: number;
  /** Real time of its last good news, by the server's clock. */
  readonly lastGood: number;
  /** How often it has news, milliseconds. */
  readonly everyMs: number;
  /**
   * Its one number: events made a second, events that wait, milliseconds a call, rows in the lake, requests in the last
   * minute, trucks on the road.
   */
  readonly value: number;
}

/** All parts. */
export type ChainStatus = { readonly [Part in PartName]: PartStatus<Part> };

/** Faults that can be switched on at the embedded endpoint. */
export type FaultName = 'throttle' | 'reset' | 'kill';

/** A time during which a fault was on; real time, milliseconds since 1970, by the server's clock. */
export interface FaultBand {
  readonly fault: FaultName;
  readonly from: number;
  /** Missing while it is on. */
  readonly to?: number;
}

/** The series of the history, in columns; all of one length. */
export interface HistoryColumns {
  /** Real time, seconds since 1970, rising; the server's clock. */
  readonly at: readonly number[];
  /** Events made a second. */
  readonly made: readonly number[];
  /** Events acknowledged a second. */
  readonly landed: readonly number[];
  /** Everything that was made until this many milliseconds ago can be queried. */
  readonly freshMs: readonly number[];
  /** Events that are not acknowledged yet. */
  readonly waiting: readonly number[];
  /** Events that failed since the start. */
  readonly lost: readonly number[];
}

/** Once, when the page connects: an hour by the second, and a day by the minute. */
export interface HistoryMessage {
  readonly seconds: HistoryColumns;
  readonly minutes: HistoryColumns;
}

/** Once a second. */
export type SampleMessage = { readonly [Series in keyof HistoryColumns]: number };

/** One line of what happened. */
export interface LogEntry {
  /** Rises; also the event's `id` in the feed, so that a connection continues where it broke. */
  readonly id: number;
  /** Real time, milliseconds since 1970, by the server's clock. */
  readonly at: number;
  readonly kind: 'good' | 'bad' | 'run' | 'note';
  readonly text: string;
}
