const DAY_MS = 86_400_000;

/** Round numbers from 0 to at least `top`, at most `count` of them beside 0. */
export function roundTicks(top: number, count: number): number[] {
  const least = Math.max(1, top / count);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= least) ?? 10 * power;
  return Array.from({ length: Math.ceil(Math.max(1, top) / step) + 1 }, (_, n) => n * step);
}

/** Midnights to be named on an axis, at most `count`, whole weeks apart once that is needed. */
export function dayTicks(startMs: number, endMs: number, count: number): number[] {
  const days = Math.ceil((endMs - startMs) / DAY_MS);
  const step = [1, 2, 7, 14, 28, 56, 91, 182, 364].find((size) => days / size <= count) ?? 1820;
  const first = Math.ceil(startMs / DAY_MS);
  const ticks: number[] = [];
  for (let day = first; day * DAY_MS < endMs; day += step) ticks.push(day * DAY_MS);
  return ticks;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `5 Jan`, and with its year `5 Jan 2026`. */
export function dayName(ms: number, year = false): string {
  const date = new Date(ms);
  const name = `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''}`;
  return year ? `${name} ${date.getUTCFullYear()}` : name;
}
