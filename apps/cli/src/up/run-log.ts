import type { LogEntry } from '@store/page-protocol';

/** Entries that are kept. */
const maxEntries = 500;

/** What happened, newest last, with rising ids: whoever was away asks for what came after the last id. */
export class RunLog {
  #entries: LogEntry[] = [];
  #lastId = 0;
  readonly #onEntry: (entry: LogEntry) => void;

  constructor(onEntry: (entry: LogEntry) => void = () => undefined) {
    this.#onEntry = onEntry;
  }

  add(kind: LogEntry['kind'], text: string, at: number): void {
    const entry = { id: ++this.#lastId, at: Math.round(at), kind, text };
    this.#entries = [...this.#entries.slice(1 - maxEntries), entry];
    this.#onEntry(entry);
  }

  /** Entries with a higher id, the oldest first. An id that this log never gave is of an earlier start: all are new. */
  after(id = 0): readonly LogEntry[] {
    return id > this.#lastId ? this.#entries : this.#entries.filter((entry) => entry.id > id);
  }
}
