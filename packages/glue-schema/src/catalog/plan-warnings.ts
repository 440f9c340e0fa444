import type { Table, TableInput } from '@aws-sdk/client-glue';
import type { GlueTableInput } from '../table-input.js';
import { folded } from './merge-table.js';
import { registrySchema } from './table-kind.js';

/** What people should know of a changed table, and no check refuses. */
export function warningsOf(
  live: Table,
  table: TableInput,
  wanted: GlueTableInput,
  registered: number,
): readonly string[] {
  const warnings = [...projectionWarnings(wanted)];
  const crawler = live.Parameters?.UPDATED_BY_CRAWLER;
  if (crawler !== undefined) {
    warnings.push(`Crawler "${crawler}" updates this table and may undo the change; let it log only`);
  }
  if (Object.keys(live.Parameters ?? {}).some((key) => key.startsWith('spark.sql.sources.schema'))) {
    warnings.push(
      'Spark made this table, and reads the columns from its parameters: it sees no change of these',
    );
  }
  if (live.StorageDescriptor?.SchemaReference !== undefined) {
    warnings.push(
      `A schema registry holds the columns (${registrySchema(live)}); a push changes the rest of the table only`,
    );
  }
  const names = new Set(wanted.StorageDescriptor.Columns.map(folded));
  const kept = (table.StorageDescriptor?.Columns ?? []).filter((column) => !names.has(folded(column))).length;
  if (kept > 0) {
    warnings.push(`${kept} column(s) of the catalog are not in the type, and stay; prune removes them`);
  }
  return registered === 0 ? warnings : [...warnings, partitionWarning(registered)];
}

/** What a change of columns does not reach, and the way. */
export function partitionWarning(registered: number, command: 'push' | 'rollback' = 'push'): string {
  const many = registered >= mostCounted ? `At least ${mostCounted}` : String(registered);
  const keep = registered === 1 ? 'partition keeps its' : 'partitions keep their';
  return (
    `${many} registered ${keep} own columns: queries see nothing of the change there until it is cascaded ` +
    `(\`${command} --cascade\`, option \`cascade\`)`
  );
}

/** Registered partitions that are counted: listing more takes minutes, and says nothing else. */
export const mostCounted = 10_000;

/** A warning about a projection of very many partitions; none for any other table. */
export function projectionWarnings({ Parameters }: GlueTableInput): readonly string[] {
  const partitions = projectedPartitions(Parameters);
  if (partitions <= manyPartitions) return [];
  return [
    `The projection makes ${partitions} partitions of one day, each of which a query lists; project a date alone, ` +
      'or fewer values',
  ];
}

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
const manyPartitions = 10_000;

/**
 * How many places Athena would list for a query over one day that names no other key: the product of what every
 * projected key may be. Injected keys count once, since a query must name them.
 */
function projectedPartitions(parameters: Readonly<Record<string, string>>): number {
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
