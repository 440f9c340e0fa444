/** A statement that was run. */
export interface HistoryEntry {
  readonly sql: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `10 rows`, `cancelled`, or what was wrong. */
  readonly outcome: string;
  readonly failed: boolean;
}

/** A statement with a name. */
export interface SavedStatement {
  readonly name: string;
  readonly sql: string;
}

const historyKey = 'store.sql.history';
const savedKey = 'store.sql.saved';
/** Entries of the history that are kept. */
const mostEntries = 50;
/** Statements that may be saved. */
const mostSaved = 100;

/** What was run in this browser, the newest first. */
export const readHistory = (): readonly HistoryEntry[] => read(historyKey) as readonly HistoryEntry[];

/** Adds an entry, in the place of an older one of the same statement. */
export function addToHistory(entry: HistoryEntry): readonly HistoryEntry[] {
  const others = readHistory().filter(({ sql }) => sql !== entry.sql);
  return write(historyKey, [entry, ...others].slice(0, mostEntries));
}

/** Statements that were saved in this browser, by name. */
export const readSaved = (): readonly SavedStatement[] => read(savedKey) as readonly SavedStatement[];

/** Saves a statement, in the place of another of that name. */
export function saveStatement(statement: SavedStatement): readonly SavedStatement[] {
  const others = readSaved().filter(({ name }) => name !== statement.name);
  const all = [...others, statement].sort((a, b) => (a.name < b.name ? -1 : 1));
  return write(savedKey, all.slice(0, mostSaved));
}

/** Removes a saved statement. */
export function forgetStatement(name: string): readonly SavedStatement[] {
  return write(
    savedKey,
    readSaved().filter((saved) => saved.name !== name),
  );
}

/** The parse boundary: only this file writes there. */
function read(key: string): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    // A browser that keeps nothing, or that somebody wrote into: there is no history then.
    return [];
  }
}

function write<Item>(key: string, items: readonly Item[]): readonly Item[] {
  try {
    localStorage.setItem(key, JSON.stringify(items));
  } catch {
    // The browser keeps nothing or no more: the list stands until the page is left.
  }
  return items;
}
