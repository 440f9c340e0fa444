/** The lines that differ between two texts, as `diff -u` writes them; empty for equal texts. */
export function unifiedDiff(before: string, after: string, file: string): string {
  if (before === after) return '';
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const from = Math.max(0, start - context);
  const lines = [
    ...a.slice(from, start).map((line) => ` ${line}`),
    ...changes(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end, Math.min(a.length, a.length - end + context)).map((line) => ` ${line}`),
  ];
  return [`--- ${file}:${start + 1} (committed)`, `+++ ${file}:${start + 1} (emitted)`, ...lines, ''].join(
    '\n',
  );
}

const context = 3;

/** Longest common subsequence over the middle, which is short: one changed column is a few lines. */
function changes(a: readonly string[], b: readonly string[]): readonly string[] {
  const minus = (line: string): string => `-${line}`;
  const plus = (line: string): string => `+${line}`;
  if (a.length * b.length > 4_000_000) return [...a.map(minus), ...b.map(plus)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push(` ${a[i] ?? ''}`);
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      lines.push(minus(a[i] ?? ''));
      i += 1;
    } else {
      lines.push(plus(b[j] ?? ''));
      j += 1;
    }
  }
  return [...lines, ...a.slice(i).map(minus), ...b.slice(j).map(plus)];
}
