import type { TableSchema } from '@store/glue-schema';
import { eventHourPartitioning } from '@store/schema';
import { checkOptions, text } from '@store/foundation';
import { ConstructsError, invalidOption } from './errors.js';

/** How events are laid out in the lake: the key of the table and how a record's value of it is found. */
export interface LakePartitioning {
  /** Name of the partition key, in the path, the Glue table and the query. */
  readonly key: string;
  /** The column that the key is made of. */
  readonly column: string;
  /** Dynamic partitioning's metadata extraction query, jq 1.6. */
  readonly query: string;
  /** Java DateTimeFormatter pattern of the key's values. */
  readonly format: string;
  /** First value that queries see: what happened before is stored, and never found. */
  readonly from: string;
  /** Step between values. */
  readonly intervalUnit: 'HOURS' | 'DAYS';
}

/** Where the projection begins. */
export interface PartitioningOptions {
  /** Year, day or hour, such as `1990`, `2026-01-05` or `2026-01-05-08`. @defaultValue '1990' */
  readonly from?: string;
}

/**
 * Returns a partitioning by the hour of a column: one folder for each hour, the key `datehour`. The column must be a time as
 * ISO 8601 text in UTC; a record of another shape goes to the error output, so that it cannot choose a path.
 *
 * From 1990 on, a query that does not name the key looks at 324,000 hours: name it in each.
 *
 * @example
 * ```ts
 * import { byHour } from '@store/constructs';
 *
 * console.log(byHour('ordered_at', { from: '2020' }).from); // 2020-01-01-00
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function byHour(column: string, options: PartitioningOptions = {}): LakePartitioning {
  return { ...partitioning(column, options, 'datehour'), format: 'yyyy-MM-dd-HH', intervalUnit: 'HOURS' };
}

/**
 * Returns a partitioning by the day of a column, the key `date`: for loads that touch more than 500 hours
 * at the same time, which is what a delivery stream keeps open.
 *
 * @example
 * ```ts
 * import { byDay } from '@store/constructs';
 *
 * console.log(byDay('ordered_at').from); // 1990-01-01
 * ```
 *
 * @throws ConstructsError `INVALID_OPTION`
 */
export function byDay(column: string, options: PartitioningOptions = {}): LakePartitioning {
  return { ...partitioning(column, options, 'date'), format: 'yyyy-MM-dd', intervalUnit: 'DAYS' };
}

function partitioning(
  column: string,
  options: PartitioningOptions,
  key: 'datehour' | 'date',
): Pick<LakePartitioning, 'key' | 'column' | 'query' | 'from'> {
  checkOptions(
    options,
    { from: text('a year, day or hour such as 2026-01-05-08', /^\d{4}(-\d{2}-\d{2}(-\d{2})?)?$/) },
    invalidOption,
  );
  if (!/^[a-z_][a-z0-9_]*$/.test(column)) {
    throw new ConstructsError(
      'column',
      `Expected \`column\` to be a column's name such as event_time, got ${column}.`,
    );
  }
  const { from = '1990' } = options;
  const [day, hour] = [
    /^\d{4}-\d{2}-\d{2}/.exec(from)?.[0] ?? `${from}-01-01`,
    /^\d{4}-\d{2}-\d{2}-(\d{2})$/.exec(from)?.[1],
  ];
  const slice = key === 'date' ? '.[0:10]' : '.[0:10]+"-"+.[11:13]';
  return {
    key,
    column,
    // The same as that of inventory events, for another column.
    query: `{${key}:(.${column}|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then ${slice} else error("${column} is not ISO 8601 in UTC") end)}`,
    from: key === 'date' ? day : `${day}-${hour ?? '00'}`,
  };
}

/** That of inventory events. */
export const inventoryPartitioning: LakePartitioning = byHour('event_time', {
  from: eventHourPartitioning.projection.range[0],
});

/** Throws unless the table has the column, as a time in text. */
export function checkPartitioning({ column }: LakePartitioning, { name, columns }: TableSchema): void {
  const found = columns.find((candidate) => candidate.name === column);
  const isText =
    found?.type.kind === 'string' || (found?.type.kind === 'timestamp' && found.type.wire === 'iso');
  if (isText && found.jsonKey === undefined) return;
  throw new ConstructsError(
    'partitioning',
    `Expected \`partitioning\` to be by a column of ${name} that is a time as ISO 8601 text under its own name, got ${column}${found === undefined ? ', which it does not have' : ''}.`,
  );
}
