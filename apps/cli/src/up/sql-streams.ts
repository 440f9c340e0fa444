import type { Emulator, QueryColumn, QueryView } from '@store/emulator';
import { jsonText } from '../output/write-out.js';

/** A value that survives the way between processes, and JSON. */
export type PlainValue = string | number | boolean | null;

/** Where the parts of a result go, in the process of the endpoint. */
export interface StreamReplies {
  columns(columns: readonly QueryColumn[]): void;
  rows(rows: readonly (readonly PlainValue[])[]): void;
}

/** A statement of {@link SqlStreams}. */
export interface StreamedStatement {
  readonly id: number;
  readonly sql: string;
  readonly firstRows?: number;
  readonly views?: readonly QueryView[];
}

interface RunningStream {
  readonly stop: AbortController;
  /** Lets the next rows go. */
  more: () => void;
}

/**
 * Statements whose rows leave the endpoint's process part by part: the next part waits until the one before is taken, and
 * each can be stopped. A statement that is stopped loses its query process, which always works; the endpoint
 * continues.
 */
export class SqlStreams {
  readonly #running = new Map<number, RunningStream>();

  /** Runs one statement; resolves when its last row was taken. */
  async run(
    emulator: Pick<Emulator, 'stream'>,
    { id, sql, firstRows, views }: StreamedStatement,
    replies: StreamReplies,
  ): Promise<void> {
    const running: RunningStream = { stop: new AbortController(), more: () => undefined };
    const { signal } = running.stop;
    this.#running.set(id, running);
    signal.addEventListener('abort', () => {
      running.more();
    });
    try {
      const sink = {
        columns: (columns: readonly QueryColumn[]) => {
          replies.columns(columns);
        },
        rows: async (rows: readonly (readonly unknown[])[]) => {
          const taken = new Promise<void>((resolve) => {
            running.more = resolve;
          });
          replies.rows(rows.map((row) => row.map(plainValue)));
          await taken;
        },
      };
      await emulator.stream(sql, sink, {
        signal,
        ...(firstRows === undefined ? {} : { firstRows }),
        ...(views === undefined ? {} : { views }),
      });
    } finally {
      this.#running.delete(id);
    }
  }

  /** The rows that came are taken. */
  more(id: number): void {
    this.#running.get(id)?.more();
  }

  /** Ends a statement immediately; nothing happens where it is over already. */
  stop(id: number): void {
    this.#running.get(id)?.stop.abort();
  }
}

/** A value of a row as {@link PlainValue}: what JSON has no form for becomes text. */
export function plainValue(value: unknown): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // A bigint is one that no number holds exactly.
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : jsonText(value);
}
