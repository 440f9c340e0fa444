/** Queries with a name; the same statements run on DuckDB and on Athena. */
export const queryNames: readonly ['low-stock', 'stockouts', 'turnover', 'late-events', 'trucks'] = [
  'low-stock',
  'stockouts',
  'turnover',
  'late-events',
  'trucks',
];

/** One of {@link queryNames}. */
export type QueryName = (typeof queryNames)[number];
