import type { HistoryColumns, HistoryMessage, SampleMessage } from '@store/page-protocol';

/** What a range of the history is. */
export const ranges = ['10m', '1h', 'all'] as const;
/** One of them. */
export type Range = (typeof ranges)[number];

/** Length of the two ranges that have one, in seconds. */
export const rangeSeconds: Readonly<Record<Exclude<Range, 'all'>, number>> = { '10m': 600, '1h': 3600 };

type Columns = { [Series in keyof HistoryColumns]: number[] };

const empty = (): Columns => map(() => []);
const names = ['at', 'made', 'landed', 'freshMs', 'waiting', 'lost'] as const;

/** The history as the server has told it; whoever draws it follows it. */
export class HistoryStore {
  #seconds = empty();
  #minutes = empty();
  readonly #listeners = new Set<() => void>();

  replace({ seconds, minutes }: HistoryMessage): void {
    this.#seconds = copy(seconds);
    this.#minutes = copy(minutes);
    this.#tell();
  }

  add(sample: SampleMessage): void {
    for (const name of names) this.#seconds[name].push(sample[name]);
    // The page keeps an hour more than the server, and cuts off an hour at a time.
    if (this.#seconds.at.length > 7200) for (const name of names) this.#seconds[name].splice(0, 3600);
    this.#tell();
  }

  /** The series of a range, and its first and last second. */
  of(range: Range): { readonly columns: HistoryColumns; readonly from: number; readonly to: number } {
    const seconds = this.#seconds;
    const to = seconds.at.at(-1) ?? 0;
    if (range !== 'all') {
      // No axis without data: a young history fills the width, from a minute on.
      const from = Math.max(to - rangeSeconds[range], Math.min(seconds.at[0] ?? to, to - 60));
      const first = seconds.at.findIndex((at) => at >= from);
      return { columns: map((name) => seconds[name].slice(Math.max(0, first))), from, to };
    }
    const start = seconds.at[0] ?? 0;
    const older = this.#minutes.at.findIndex((at) => at >= start);
    const minutes = older < 0 ? this.#minutes.at.length : older;
    const columns = map((name) => [...this.#minutes[name].slice(0, minutes), ...seconds[name]]);
    return { columns, from: Math.min(columns.at[0] ?? to, to - 60), to };
  }

  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const map = (of: (name: keyof HistoryColumns) => number[]): Columns => ({
  at: of('at'),
  made: of('made'),
  landed: of('landed'),
  freshMs: of('freshMs'),
  waiting: of('waiting'),
  lost: of('lost'),
});

const copy = (columns: HistoryColumns): Columns => map((name) => [...columns[name]]);
