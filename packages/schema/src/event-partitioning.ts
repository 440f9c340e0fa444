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
    readonly interval: 1;
    readonly intervalUnit: 'HOURS' | 'DAYS';
  };
}

// An event time of any other shape must not choose a path, so the query refuses it.
const checked = (slice: string): string =>
  `(.event_time|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then ${slice} else error("event_time is not ISO 8601 in UTC") end)`;

const errorPrefix = 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/';

/** One partition for each hour: a query of one hour reads one folder. The default. */
export const eventHourPartitioning: EventPartitioning = {
  key: 'datehour',
  query: `{datehour:${checked('.[0:10]+"-"+.[11:13]')}}`,
  prefix: 'inventory/datehour=!{partitionKeyFromQuery:datehour}/',
  errorPrefix,
  projection: { type: 'date', format: 'yyyy-MM-dd-HH', interval: 1, intervalUnit: 'HOURS' },
};

/** One partition for each day: for runs whose hours would cross Firehose's 500 active partitions. */
export const eventDayPartitioning: EventPartitioning = {
  key: 'date',
  query: `{date:${checked('.[0:10]')}}`,
  prefix: 'inventory/date=!{partitionKeyFromQuery:date}/',
  errorPrefix,
  projection: { type: 'date', format: 'yyyy-MM-dd', interval: 1, intervalUnit: 'DAYS' },
};
