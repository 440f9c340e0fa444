/** Looks a text up: a text itself, `x*` for every text that begins with x (the longest counts), `*` for every other. */
export interface TextTable<T> {
  /** The value for a text; undefined where nothing fits. */
  get(text: string): T | undefined;
}

/** Returns a table of texts to values. */
export function textTable<T>(entries: Iterable<readonly [string, T]>): TextTable<T> {
  const exact = new Map<string, T>();
  const prefixes: (readonly [string, T])[] = [];
  for (const [text, value] of entries) {
    if (text.endsWith('*')) prefixes.push([text.slice(0, -1), value]);
    else exact.set(text, value);
  }
  if (prefixes.length === 0) return exact;
  prefixes.sort(([a], [b]) => b.length - a.length);
  return {
    get: (text) => exact.get(text) ?? prefixes.find(([prefix]) => text.startsWith(prefix))?.[1],
  };
}
