const hoursOf: Readonly<Record<string, number>> = {
  MILLIS: 1 / 3_600_000,
  SECONDS: 1 / 3600,
  MINUTES: 1 / 60,
  HOURS: 1,
  DAYS: 24,
  WEEKS: 168,
  MONTHS: 672,
  YEARS: 8760,
};

/** Partitions of one day from which on a query over it is slow: each is a listing of S3. */
export const MANY_PARTITIONS = 10_000;

/**
 * How many places Athena would list for a query over one day that names no other key: the product of what every
 * projected key may be. Injected keys count once, since a query must name them.
 */
export function projectedPartitions(parameters: Readonly<Record<string, string>>): number {
  return Object.entries(parameters).reduce((product, [name, type]) => {
    const key = /^projection\.(.+)\.type$/.exec(name)?.[1];
    if (key === undefined) return product;
    const setting = (of: string): string | undefined => parameters[`projection.${key}.${of}`];
    const interval = Number(setting('interval') ?? 1);
    if (type === 'enum') return product * (setting('values') ?? '').split(',').length;
    if (type === 'integer') {
      const [first = 0, last = 0] = (setting('range') ?? '').split(',').map(Number);
      return product * (Math.floor((last - first) / interval) + 1);
    }
    if (type === 'date') {
      const hours = interval * (hoursOf[setting('interval.unit') ?? 'DAYS'] ?? 24);
      return product * Math.max(1, Math.floor(24 / hours));
    }
    return product;
  }, 1);
}
