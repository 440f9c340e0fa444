/**
 * Statements that write constant text through a `DataView`, eight bytes a store: a quarter of the time of a loop
 * over the bytes (bench/encoder.bench.ts).
 */
export function putConstant(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const lines = [`// ${JSON.stringify(text)}`];
  let at = 0;
  while (bytes.length - at >= 8) {
    const eight = view.getFloat64(at, true);
    // A NaN has many forms and a literal keeps but one; only bytes beyond ASCII can look like it.
    if (Number.isNaN(eight)) {
      lines.push(uint32(view, at), uint32(view, at + 4));
    } else {
      lines.push(`view.setFloat64(${place(at)}, ${eight}, true);`);
    }
    at += 8;
  }
  if (bytes.length - at >= 4) {
    lines.push(uint32(view, at));
    at += 4;
  }
  for (; at < bytes.length; at += 1) lines.push(`buffer[${place(at)}] = ${bytes[at] ?? 0};`);
  lines.push(`at += ${bytes.length};`);
  return lines;
}

const place = (at: number): string => (at === 0 ? 'at' : `at + ${at}`);

function uint32(view: DataView, at: number): string {
  return `view.setUint32(${place(at)}, ${view.getUint32(at, true)}, true);`;
}

/** {@link putConstant} for code that may write past the end: a rest is one store, filled up with blanks. */
export function putLoosely(text: string): string[] {
  const { length } = new TextEncoder().encode(text);
  if (length === 0) return [];
  const rest = length % 8;
  const wide = rest > 4 ? 8 - rest : rest > 1 ? 4 - rest : 0;
  // Blanks at the end are written and not counted.
  const stores = putConstant(text + ' '.repeat(wide))
    .slice(1, -1)
    .map((store) => store.replace(/^buffer\[(.*)\] = (\d+);$/u, 'view.setUint8($1, $2);'));
  return [`// ${JSON.stringify(text)}`, ...stores, `at += ${length};`];
}
