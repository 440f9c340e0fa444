import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';

/** Records on their way into one object of the lake. */
export interface WaitingBuffer {
  /** `error`: they go to the error output. */
  readonly kind: 'data' | 'error' | 'lambda';
  /** Address of the object that they become. */
  readonly object: string;
  readonly records: number;
  readonly bytes: number;
  /** Real time of the first of them, ISO 8601. */
  readonly openedAt: string;
}

/** What the delivery stream has acknowledged and not delivered yet. */
export interface WaitingRecords {
  readonly records: number;
  readonly buffers: readonly WaitingBuffer[];
}

/** Asks the endpoint for the records that wait in the delivery stream of the inventory events. */
export async function readWaiting(endpointUrl: string): Promise<WaitingRecords> {
  const answer = await fetch(new URL('/_emulator/status', endpointUrl));
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new CliError(
      'NO_ENDPOINT',
      `The endpoint did not report its waiting records (HTTP ${answer.status}).`,
    );
  }
  // The parse boundary: the endpoint is this package's own.
  const { streams } = (await answer.json()) as StatusAnswer;
  const stream = streams.find(({ name }) => name === names.deliveryStream);
  return { records: stream?.undeliveredRecords ?? 0, buffers: stream?.buffers ?? [] };
}

interface StatusAnswer {
  readonly streams: readonly {
    readonly name: string;
    readonly undeliveredRecords: number;
    readonly buffers: readonly WaitingBuffer[];
  }[];
}
