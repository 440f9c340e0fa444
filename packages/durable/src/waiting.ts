import type { DurableError } from './errors.js';
import { FRAME_HEADER_BYTES, type LogEntry } from './frame.js';

/** An entry that waits to be written, and who waits for it. */
export interface Waiting {
  readonly tag: number;
  readonly payload: Buffer;
  readonly settle: (error?: DurableError) => void;
  readonly release: (() => void) | undefined;
}

/** What became of a group. */
export interface GroupOutcome {
  /** Why it is not on disk. */
  readonly error: DurableError | undefined;
  readonly segment: number;
  /** Where its first entry begins. */
  readonly offset: number;
  readonly onCommitted: ((entry: LogEntry) => void) | undefined;
  /** Takes what one of these functions threw: it ends the log, and not the loop in which others wait. */
  readonly failed: (cause: unknown) => void;
}

/** Answers everybody, hands over what is on disk and lets go of the payloads, whatever the owner's functions throw. */
export function finishGroup(
  group: readonly Waiting[],
  { error, segment, offset: first, onCommitted, failed }: GroupOutcome,
): void {
  let sound = error === undefined;
  const fail = (cause: unknown): void => {
    sound = false;
    failed(cause);
  };
  // Every answer leaves before the first entry is worked on: who waits prepares the next call meanwhile.
  for (const { settle } of group) {
    try {
      settle(error);
    } catch (cause) {
      fail(cause);
    }
  }
  let offset = first;
  for (const { tag, payload, release } of group) {
    const position = { segment, offset: offset + FRAME_HEADER_BYTES, length: payload.length };
    offset = position.offset + payload.length;
    try {
      // An entry behind one that was not taken would come out of order.
      if (sound) onCommitted?.({ tag, payload, position });
    } catch (cause) {
      fail(cause);
    }
    try {
      release?.();
    } catch (cause) {
      fail(cause);
    }
  }
}
