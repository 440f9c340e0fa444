/** Where an entry's payload lies; a later entry compares greater. */
export interface LogPosition {
  /** Number of the segment. */
  readonly segment: number;
  /** Where the payload begins in its file, in bytes from 0. */
  readonly offset: number;
  /** Length of the payload, bytes. */
  readonly length: number;
}

/** An entry as its reader gets it. */
export interface LogEntry {
  /** The number that it was appended with. */
  readonly tag: number;
  /** Lent: valid until the reader returns. */
  readonly payload: Buffer;
  /** Where the entry is in the log. */
  readonly position: LogPosition;
}
