/** A statement of Athena's, and the same in DuckDB's own words. */
export type ComparedStatement = readonly [name: string, athena: string, duckDb: string];

/** What people ask of a lake of events, over the table of `athena-speed.bench.ts`. */
export const comparedStatements: readonly ComparedStatement[] = [
  [
    'filter of whole numbers and text',
    `SELECT count(*) FROM events WHERE stock < 20 AND name = 'store-7'`,
    `SELECT count(*) FROM lake.events WHERE stock < 20 AND name = 'store-7'`,
  ],
  [
    'sums and means of groups',
    'SELECT store, sum(stock), avg(weight), count(*) FROM events GROUP BY store',
    'SELECT store, sum(stock), avg(weight), count(*) FROM lake.events GROUP BY store',
  ],
  [
    'latest low stock of every store and product',
    'SELECT count(*) FROM (SELECT store, product, max_by(stock < 20, sequence) AS low FROM events GROUP BY 1, 2) WHERE low',
    'SELECT count(*) FROM (SELECT store, product, arg_max(stock < 20, sequence) AS low FROM lake.events GROUP BY 1, 2) WHERE low',
  ],
  [
    'rank in a window',
    'SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY store, product ORDER BY sequence DESC) AS n FROM events) WHERE n = 1',
    'SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY store, product ORDER BY sequence DESC) AS n FROM lake.events) WHERE n = 1',
  ],
  [
    'running sum in a window',
    'SELECT max(total) FROM (SELECT sum(stock) OVER (PARTITION BY store ORDER BY sequence) AS total FROM events)',
    'SELECT max(total) FROM (SELECT sum(stock) OVER (PARTITION BY store ORDER BY sequence) AS total FROM lake.events)',
  ],
  [
    'division of whole numbers',
    'SELECT sum(stock / pack) FROM events',
    'SELECT sum(stock // pack) FROM lake.events',
  ],
  [
    'division of doubles and rounding',
    'SELECT sum(round(weight / 3.0, 2)) FROM events',
    'SELECT sum(round(weight / 3e0, 2)) FROM lake.events',
  ],
  [
    'sums of decimals',
    'SELECT store, sum(price * stock) FROM events GROUP BY store',
    'SELECT store, sum(price * stock) FROM lake.events GROUP BY store',
  ],
  [
    'months of instants',
    `SELECT date_trunc('hour', ts), count(*) FROM events GROUP BY 1`,
    `SELECT date_trunc('hour', ts), count(*) FROM lake.events GROUP BY 1`,
  ],
  [
    'days between dates',
    `SELECT sum(date_diff('day', DATE '2026-01-01', day)) FROM events`,
    `SELECT sum(date_sub('day', DATE '2026-01-01', day)) FROM lake.events`,
  ],
  [
    'dates and intervals',
    `SELECT count(*) FROM events WHERE day + INTERVAL '30' DAY > DATE '2026-03-01'`,
    `SELECT count(*) FROM lake.events WHERE day + INTERVAL 30 DAY > DATE '2026-03-01'`,
  ],
  [
    'a text of JSON',
    `SELECT count(*) FROM events WHERE json_extract_scalar(detail, '$.sku') = 'item 7'`,
    `SELECT count(*) FROM lake.events WHERE json_extract_string(detail, '$.sku') = 'item 7'`,
  ],
  [
    'a number of JSON',
    `SELECT sum(CAST(json_extract_scalar(detail, '$.price') AS double)) FROM events`,
    `SELECT sum(CAST(json_extract_string(detail, '$.price') AS DOUBLE)) FROM lake.events`,
  ],
  [
    'text cast to whole numbers',
    'SELECT sum(CAST(code AS integer)) FROM events',
    'SELECT sum(CAST(code AS INTEGER)) FROM lake.events',
  ],
  [
    'text put together and taken apart',
    `SELECT count(DISTINCT substr(name || '-' || code, 3, 6)) FROM events`,
    `SELECT count(DISTINCT substr(name || '-' || code, 3, 6)) FROM lake.events`,
  ],
  [
    'cases',
    `SELECT sum(CASE WHEN stock < 20 THEN 1 WHEN stock > 100 THEN 2 ELSE 0 END), count_if(coalesce(weight, 0) > 50) FROM events`,
    `SELECT sum(CASE WHEN stock < 20 THEN 1 WHEN stock > 100 THEN 2 ELSE 0 END), count_if(coalesce(weight, 0) > 50) FROM lake.events`,
  ],
  [
    'LIKE and a list',
    `SELECT count(*) FROM events WHERE name LIKE '%-7%' AND stock IN (1, 5, 9) AND name NOT IN ('store-70', 'store-71')`,
    `SELECT count(*) FROM lake.events WHERE name LIKE '%-7%' AND stock IN (1, 5, 9) AND name NOT IN ('store-70', 'store-71')`,
  ],
  [
    'ranges',
    `SELECT count(*) FROM events WHERE stock BETWEEN 20 AND 40 AND ts BETWEEN TIMESTAMP '2026-01-05 01:00:00' AND TIMESTAMP '2026-01-05 05:00:00'`,
    `SELECT count(*) FROM lake.events WHERE stock BETWEEN 20 AND 40 AND ts BETWEEN TIMESTAMP '2026-01-05 01:00:00' AND TIMESTAMP '2026-01-05 05:00:00'`,
  ],
  [
    'the last days',
    `SELECT count(*) FROM events WHERE ts > current_timestamp - INTERVAL '7' DAY`,
    `SELECT count(*) FROM lake.events WHERE ts > now()::TIMESTAMP - INTERVAL 7 DAY`,
  ],
  [
    'the date of an instant',
    `SELECT count(*) FROM events WHERE CAST(ts AS date) = DATE '2026-01-05'`,
    `SELECT count(*) FROM lake.events WHERE CAST(ts AS DATE) = DATE '2026-01-05'`,
  ],
  [
    'regular expressions',
    `SELECT count(*) FROM events WHERE regexp_like(name, 'e-1?7$') OR regexp_extract(name, '-([0-9]+)', 1) = '9'`,
    `SELECT count(*) FROM lake.events WHERE regexp_matches(name, 'e-1?7$') OR regexp_extract(name, '-([0-9]+)', 1) = '9'`,
  ],
  [
    'lower and upper case',
    'SELECT count(DISTINCT lower(name)), count(DISTINCT upper(name)) FROM events',
    'SELECT count(DISTINCT lower(name)), count(DISTINCT upper(name)) FROM lake.events',
  ],
  [
    'a part of a text',
    `SELECT count(*) FROM events WHERE split_part(name, '-', 2) = '7'`,
    `SELECT count(*) FROM lake.events WHERE split_part(name, '-', 2) = '7'`,
  ],
  [
    'date_parse',
    `SELECT max(date_parse(iso, '%Y-%m-%dT%H:%i:%s.%fZ')) FROM events`,
    `SELECT max(strptime(iso, '%Y-%m-%dT%H:%M:%S.%fZ')) FROM lake.events`,
  ],
  [
    'from_iso8601_timestamp',
    `SELECT count(*) FROM events WHERE from_iso8601_timestamp(iso) > TIMESTAMP '2026-01-05 02:00:00'`,
    `SELECT count(*) FROM lake.events WHERE CAST(iso AS TIMESTAMP) > TIMESTAMP '2026-01-05 02:00:00'`,
  ],
  [
    'text cast to a timestamp',
    `SELECT max(CAST(instant AS timestamp)) FROM events`,
    `SELECT max(CAST(instant AS TIMESTAMP)) FROM lake.events`,
  ],
  [
    'from_unixtime',
    `SELECT count(*) FROM events WHERE from_unixtime(sequence) > TIMESTAMP '1970-01-03 02:00:00'`,
    `SELECT count(*) FROM lake.events WHERE to_timestamp(sequence)::TIMESTAMP > TIMESTAMP '1970-01-03 02:00:00'`,
  ],
  [
    'date_format',
    `SELECT date_format(ts, '%Y-%m-%d %H'), count(*) FROM events GROUP BY 1`,
    `SELECT strftime(ts, '%Y-%m-%d %H'), count(*) FROM lake.events GROUP BY 1`,
  ],
  [
    'format_datetime',
    `SELECT format_datetime(ts, 'yyyy-MM-dd HH'), count(*) FROM events GROUP BY 1`,
    `SELECT strftime(ts, '%Y-%m-%d %H'), count(*) FROM lake.events GROUP BY 1`,
  ],
  [
    'TRY_CAST of text to doubles',
    'SELECT sum(TRY_CAST(amount AS double)) FROM events',
    'SELECT sum(TRY_CAST(amount AS DOUBLE)) FROM lake.events',
  ],
  [
    'distinct values',
    'SELECT approx_distinct(code), count(DISTINCT product) FROM events',
    'SELECT count(DISTINCT code), count(DISTINCT product) FROM lake.events',
  ],
  [
    'UNNEST of arrays',
    'SELECT sum(n) FROM events CROSS JOIN UNNEST(numbers) AS t (n)',
    'SELECT sum(n) FROM lake.events CROSS JOIN UNNEST(numbers) AS t (n)',
  ],
  [
    'items of arrays and maps',
    `SELECT sum(numbers[1]), sum(element_at(tags, 'a')), count_if(contains(numbers, 5)) FROM events`,
    `SELECT sum(numbers[1]), sum(map_extract_value(tags, 'a')), count_if(list_contains(numbers, 5)) FROM lake.events`,
  ],
  [
    'a join with a small table',
    `SELECT label, count(*) FROM events JOIN (VALUES (1, 'a'), (2, 'b'), (7, 'c')) AS s (store, label) ON events.store = s.store GROUP BY label`,
    `SELECT label, count(*) FROM lake.events JOIN (VALUES (1, 'a'), (2, 'b'), (7, 'c')) AS s (store, label) ON events.store = s.store GROUP BY label`,
  ],
];
