import {
  callback,
  checkOptions,
  flag,
  nested,
  oneOf,
  required,
  text,
  wholeNumber,
  type OptionRules,
} from '@store/foundation';
import type { LogDamage } from './damage.js';
import { invalidOption } from './errors.js';
import { MOST_SEGMENT_BYTES } from './find-segments.js';
import type { LogEntry } from './frame.js';

/** How {@link openLog} keeps a log. */
export interface LogOptions {
  /** Takes each entry that is there when the log is opened, in order. */
  readonly onEntry?: (entry: LogEntry) => void;
  /** Takes each entry of `commit` and `enqueue` once it is on disk, in order, after all of its group were told. */
  readonly onCommitted?: (entry: LogEntry) => void;
  /** Called when a segment is full: every entry before this number was handed over, and none of it. */
  readonly onSegmentStart?: (segment: number) => void;
  /** First segment that still matters; earlier ones are removed. @defaultValue the first that is there */
  readonly from?: number;
  /** Lowest number that a new segment may have. @defaultValue one more than the last that is there */
  readonly next?: number;
  /** Whose log this is: a log of another owner is refused. @defaultValue nobody's in particular */
  readonly owner?: string;
  /** Bytes after which a segment is followed by another. @defaultValue 64 MiB */
  readonly segmentBytes?: number;
  /**
   * `disk`: the log syncs a segment's end and its name; `process`: it never does by itself, and what is written
   * survives the end of the process only. `commit` always syncs. @defaultValue 'disk'
   */
  readonly durability?: 'process' | 'disk';
  /** Segments are dropped in any order, so that one that is missing is no damage. @defaultValue false */
  readonly gaps?: boolean;
  /**
   * `refuse`: a damaged log does not open; `salvage`: it opens without what is damaged, which `recovery.damages`
   * lists. @defaultValue 'refuse'
   */
  readonly onDamage?: 'refuse' | 'salvage';
  /** Takes each damage that `salvage` passes over, at its place among the calls of `onEntry`. */
  readonly onSalvaged?: (damage: LogDamage) => void;
  /** Replaces the log by entries that say the same, between two groups. @defaultValue never */
  readonly compact?: CompactOptions;
  /** Called before bytes are written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
}

/** When and by what a log is replaced. */
export interface CompactOptions {
  /** Bytes of the log above which it is replaced, if that halves it. */
  readonly atBytes: number;
  /** Number of segments above which it is replaced whatever its size. */
  readonly segments: number;
  /** Entries that add up to the same as all committed ones do. */
  readonly snapshot: () => Iterable<readonly [tag: number, payload: Uint8Array]>;
}

/** Defaults of {@link LogOptions}. */
export const logDefaults: {
  readonly segmentBytes: number;
  readonly durability: 'disk';
  readonly gaps: false;
  readonly onDamage: 'refuse';
} = Object.freeze({ segmentBytes: 64 * 1024 * 1024, durability: 'disk', gaps: false, onDamage: 'refuse' });

const compactRules: OptionRules<CompactOptions> = {
  atBytes: required(wholeNumber(1)),
  segments: required(wholeNumber(1)),
  snapshot: required(callback()),
};

const rules: OptionRules<LogOptions> = {
  onEntry: callback(),
  onCommitted: callback(),
  onSegmentStart: callback(),
  from: wholeNumber(1),
  next: wholeNumber(1),
  owner: text(),
  segmentBytes: wholeNumber(1, MOST_SEGMENT_BYTES),
  durability: oneOf('process', 'disk'),
  gaps: flag(),
  onDamage: oneOf('refuse', 'salvage'),
  onSalvaged: callback(),
  compact: nested(compactRules),
  beforeWrite: callback(),
};

/** Refuses options that are out of range or unknown. */
export function checkLogOptions(options: LogOptions): void {
  checkOptions(options, rules, invalidOption);
}
