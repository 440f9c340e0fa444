import type { Clock } from '../clock.js';
import type { PackedRecord } from '../packing/packed-record.js';
import { readAnswer, type RecordOutcome } from '../outcome/read-answer.js';
import { classify } from '../outcome/classify.js';
import type { Verdict } from '../outcome/verdict.js';
import type { BatchRequest, Transport } from '../transport/transport.js';

/** How one call ended: record by record, or as a whole. */
export type FlightEnd =
  | { readonly outcomes: readonly RecordOutcome[]; readonly verdict?: undefined }
  | { readonly outcomes?: undefined; readonly verdict: Verdict };

/** One batch under way. */
export interface Flight {
  readonly records: readonly PackedRecord[];
  readonly startedAt: number;
  readonly rawBytes: number;
  readonly events: number;
  /** Ends it at once; nobody hears how it ended. */
  cancel(): void;
}

/** A timer that rings later than this was held up by a process that stood still. */
const FROZEN_MS = 1000;
/** What the sockets then get to hand over the answers that have come. */
const THAW_MS = 250;

/** Sends one batch; `ended` is called exactly once, unless the flight is cancelled. */
export function startFlight(
  transport: Transport,
  clock: Clock,
  timeoutMs: number,
  records: readonly PackedRecord[],
  request: BatchRequest,
  ended: (flight: Flight, end: FlightEnd) => void,
): Flight {
  const controller = new AbortController();
  let open = true;
  const close = (): boolean => {
    if (!open) return false;
    open = false;
    stopTimer();
    return true;
  };
  const flight: Flight = {
    records,
    startedAt: clock.now(),
    rawBytes: records.reduce((sum, record) => sum + record.rawBytes, 0),
    events: records.reduce((sum, record) => sum + record.events, 0),
    cancel() {
      if (close()) controller.abort();
    },
  };
  const fail = (thrown: unknown, timedOut: boolean): void => {
    if (close()) ended(flight, { verdict: classify(thrown, timedOut) });
  };
  // A transport that ignores the signal must not hold the batch for ever: the deadline decides alone.
  const timeOut = (): void => {
    fail(new Error(`No answer within ${timeoutMs} ms.`), true);
    controller.abort();
  };
  let stopTimer = clock.schedule(
    () => {
      // Timers ring before sockets are read: after a freeze the answer may lie there unread.
      const lateMs = clock.now() - flight.startedAt - timeoutMs;
      if (lateMs < FROZEN_MS) timeOut();
      else stopTimer = clock.schedule(timeOut, THAW_MS, true);
    },
    timeoutMs,
    true,
  );
  send(transport, request, controller.signal).then(
    (outcomes) => {
      if (close()) ended(flight, { outcomes });
    },
    (thrown: unknown) => {
      fail(thrown, false);
    },
  );
  return flight;
}

async function send(
  transport: Transport,
  request: BatchRequest,
  signal: AbortSignal,
): Promise<RecordOutcome[]> {
  return readAnswer(await transport.send(request, signal), request.recordCount);
}
