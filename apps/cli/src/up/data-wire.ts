import { billedBytes, type Transport } from '@store/firehose';
import { systemClock } from '@store/foundation';
import type { CallAnswer, CallsAnswer, WireCall, WireRecord } from '@store/page-protocol';

/** Calls that are kept. */
const keptCalls = 500;
/** Bytes of records that are kept, beside at least one call. */
const keptBytes = 16 * 1024 * 1024;
/** Records under way whose tries are counted. */
const keptTries = 20_000;
const mostAnswered = 100;
/** Bytes of a record that are shown. */
const shownBytes = 4096;

interface KeptCall {
  readonly call: WireCall;
  readonly records: readonly WireRecord[];
  readonly data: readonly Uint8Array[];
}

/** What goes over the wire to the delivery stream: the newest calls with the bytes of their records. */
export class WireLog {
  readonly #calls: KeptCall[] = [];
  #made = 0;
  #bytes = 0;
  #missing: string | undefined;
  /** Times that a record was sent in vain, by its beginning. */
  readonly #tries = new Map<string, number>();

  /** A transport that notes each call of another. */
  tap(transport: Transport): Transport {
    return {
      ...transport,
      send: async (request, signal) => {
        const data = request.records();
        const startedAt = systemClock.now();
        const at = systemClock.wallNow();
        try {
          const answer = await transport.send(request, signal);
          this.#missing = undefined;
          const outcomes = answer.RequestResponses ?? [];
          this.#note(data, at, systemClock.now() - startedAt, (index) => {
            const { RecordId: recordId, ErrorMessage, ErrorCode } = outcomes[index] ?? {};
            return recordId === undefined
              ? { problem: ErrorMessage ?? ErrorCode ?? 'no outcome' }
              : { recordId };
          });
          return answer;
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error);
          if (error instanceof Error && error.name === 'ResourceNotFoundException') this.#missing = problem;
          this.#note(data, at, systemClock.now() - startedAt, () => ({ problem }));
          throw error;
        }
      },
    };
  }

  /** What the service said of a delivery stream that is not there; undefined once it has taken a call again. */
  get missing(): string | undefined {
    return this.#missing;
  }

  /** The newest calls after a number. */
  newest(after: number): CallsAnswer {
    const calls = this.#calls.map(({ call }) => call).filter(({ number }) => number > after);
    return { made: this.#made, calls: calls.slice(-mostAnswered).reverse() };
  }

  /** One call with its records; undefined where it is not kept any more. */
  call(number: number): CallAnswer | undefined {
    const kept = this.#calls.find(({ call }) => call.number === number);
    if (kept === undefined) return undefined;
    const text = Buffer.from(kept.data[0] ?? []).toString('utf8', 0, shownBytes);
    return { call: kept.call, records: kept.records, text };
  }

  /** The last record that carried an event. */
  find(eventId: string): { readonly call: WireCall; readonly record: WireRecord } | undefined {
    const needle = `"event_id":${JSON.stringify(eventId)}`;
    for (const { call, records, data } of this.#calls.toReversed()) {
      const index = data.findIndex((record) => textIn(record, needle));
      const record = records[index];
      if (record !== undefined) return { call, record };
    }
    return undefined;
  }

  #note(
    data: readonly Uint8Array[],
    at: number,
    durationMs: number,
    outcomeOf: (index: number) => Pick<WireRecord, 'recordId' | 'problem'>,
  ): void {
    const records = data.map((bytes, index): WireRecord => {
      const outcome = outcomeOf(index);
      return {
        place: index + 1,
        events: linesOf(bytes),
        bytes: bytes.length,
        billedBytes: billedBytes(bytes.length),
        attempts: this.#attempt(bytes, outcome.recordId !== undefined),
        ...outcome,
      };
    });
    const sum = (value: (record: WireRecord) => number): number =>
      records.reduce((total, record) => total + value(record), 0);
    const refused = records.filter(({ recordId }) => recordId === undefined);
    this.#made += 1;
    const call: WireCall = {
      number: this.#made,
      at: new Date(at).toISOString(),
      records: records.length,
      events: sum(({ events }) => events),
      bytes: sum(({ bytes }) => bytes),
      billedBytes: sum((record) => record.billedBytes),
      durationMs: Math.round(durationMs),
      refused: refused.length,
      ...(refused[0]?.problem === undefined ? {} : { problem: refused[0].problem }),
    };
    this.#calls.push({ call, records, data });
    this.#bytes += call.bytes;
    while (this.#calls.length > 1 && (this.#calls.length > keptCalls || this.#bytes > keptBytes)) {
      this.#bytes -= this.#calls.shift()?.call.bytes ?? 0;
    }
  }

  /** Counts a try of a record. It begins with the id of an event, which no other record does. */
  #attempt(bytes: Uint8Array, isTaken: boolean): number {
    const name = `${bytes.length} ${Buffer.from(bytes.subarray(0, 96)).toString('latin1')}`;
    const attempt = (this.#tries.get(name) ?? 0) + 1;
    this.#tries.delete(name);
    if (!isTaken) {
      this.#tries.set(name, attempt);
      const [oldest] = this.#tries.keys();
      if (this.#tries.size > keptTries && oldest !== undefined) this.#tries.delete(oldest);
    }
    return attempt;
  }
}

const textIn = ({ buffer, byteOffset, length }: Uint8Array, text: string): boolean =>
  Buffer.from(buffer, byteOffset, length).includes(text);

function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return Math.max(1, lines);
}
