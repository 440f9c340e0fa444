/**
 * How inventory events are laid out in the lake: by the hour, or the day, in which they happened.
 * The deployed delivery stream and the embedded one are both built from these values.
 */
export interface EventPartitioning {
  /** Name of the partition key, in the path, the Glue table and the query. */
  readonly key: 'datehour' | 'date';
  /** Dynamic partitioning's metadata extraction query, jq 1.6. */
  readonly query: string;
  /** S3 prefix of delivered objects. */
  readonly prefix: string;
  /** S3 prefix of records that could not be delivered. */
  readonly errorPrefix: string;
  /** Athena partition projection of the key. */
  readonly projection: {
    readonly type: 'date';
    /** Java DateTimeFormatter pattern. */
    readonly format: string;
    /**
     * First and last value that a query sees: what happened before the first is stored, and never found. From 1990 on, a
     * query without the key looks at 324,000 hours, so name the key in each.
     */
    readonly range: readonly [string, string];
    readonly interval: 1;
    readonly intervalUnit: 'HOURS' | 'DAYS';
  };
}

/** Options of {@link partitionByTime}. */
export interface TimePartitioningOptions {
  /** Top-level JSON key of an ISO 8601 instant in UTC, as events are sent. */
  readonly key: string;
  /** S3 prefix of the table's objects, which ends with a slash. */
  readonly prefix: string;
  /** Length of a partition. A run whose hours would cross Firehose's 500 active partitions takes days. */
  readonly by: 'hour' | 'day';
  /** First hour or day that a query sees. @defaultValue 1990 */
  readonly from?: string;
}

/** What jq does not read behind a dot. */
const jqWords: ReadonlySet<string> = new Set(
  'and as catch def elif else end foreach if import include label module or reduce then try'.split(' '),
);

/**
 * Returns how events are laid out by the hour, or the day, of one of their times: jq query, S3 prefix and Athena's
 * projection for one key, `datehour` or `date`. What is no ISO 8601 instant in UTC goes to the error output.
 *
 * @example
 * ```ts
 * import { partitionByTime } from '@store/schema';
 *
 * const { prefix } = partitionByTime({ key: 'placed_at', prefix: 'orders/', by: 'day' });
 * console.log(prefix); // orders/date=!{partitionKeyFromQuery:date}/
 * ```
 */
export function partitionByTime({ key, prefix, by, from }: TimePartitioningOptions): EventPartitioning {
  const { name, slice, format, first, intervalUnit } = layouts[by];
  const path = /^[A-Za-z_]\w*$/.test(key) && !jqWords.has(key) ? `.${key}` : `.[${JSON.stringify(key)}]`;
  const problem = JSON.stringify(`${key} is not ISO 8601 in UTC`);
  // A time of any other shape must not choose a path, so the query refuses it.
  const query = `{${name}:(${path}|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then ${slice} else error(${problem}) end)}`;
  return {
    key: name,
    query,
    prefix: `${prefix}${name}=!{partitionKeyFromQuery:${name}}/`,
    errorPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
    projection: { type: 'date', format, range: [from ?? first, 'NOW'], interval: 1, intervalUnit },
  };
}

const layouts = {
  hour: {
    name: 'datehour',
    slice: '.[0:10]+"-"+.[11:13]',
    format: 'yyyy-MM-dd-HH',
    first: '1990-01-01-00',
    intervalUnit: 'HOURS',
  },
  day: { name: 'date', slice: '.[0:10]', format: 'yyyy-MM-dd', first: '1990-01-01', intervalUnit: 'DAYS' },
} as const;

/** One partition for each hour: a query of one hour reads one folder. The default. */
export const eventHourPartitioning: EventPartitioning = partitionByTime({
  key: 'event_time',
  prefix: 'inventory/',
  by: 'hour',
});

/** One partition for each day: for runs whose hours would cross Firehose's 500 active partitions. */
export const eventDayPartitioning: EventPartitioning = partitionByTime({
  key: 'event_time',
  prefix: 'inventory/',
  by: 'day',
});
