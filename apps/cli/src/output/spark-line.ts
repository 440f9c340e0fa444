const bars = '▁▂▃▄▅▆▇█';

/** The latest values as a row of bars, the largest the tallest. */
export function sparkLine(values: readonly number[], width = 16): string {
  const shown = values.slice(-width);
  const top = Math.max(...shown, 1e-9);
  return shown
    .map((value) => bars[Math.min(7, Math.floor((Math.max(0, value) / top) * 7.999))] ?? ' ')
    .join('');
}
