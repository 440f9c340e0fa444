/** A query of a kind that people publish for Athena, over our own small tables, its rows, and where the kind is from. */
export type PublishedCase = readonly [
  kind: string,
  sql: string,
  rows: readonly (readonly (string | null)[])[] | string,
];

/** The tables, as WITH queries that are before each statement. */
export const publishedTables = `WITH
flow(srcaddr, dstaddr, dstport, protocol, packets, bytes, starts, action) AS (VALUES
  ('10.0.0.1', '10.0.1.1', 443, 6, 10, 1000, 1767225600, 'ACCEPT'), ('10.0.0.2', '10.0.1.1', 22, 6, 3, 180, 1767225660, 'REJECT'),
  ('10.0.0.1', '10.0.1.2', 53, 17, 2, 120, 1767229200, 'ACCEPT'), ('10.0.0.3', '10.0.1.1', 443, 6, 20, 5000, 1767229260, 'ACCEPT')),
alb(time, client_ip, verb, url, status, target_seconds, agent) AS (VALUES
  ('2026-01-01T10:00:00.123456Z', '1.1.1.1', 'GET', 'https://shop.example:443/api/items?id=7&q=a%20b', '200', 0.05, 'curl/8.1'), ('2026-01-01T10:04:59.000000Z', '1.1.1.2', 'POST', 'https://shop.example:443/api/orders', '500', 1.25, 'Mozilla/5.0 (X11; Linux)'),
  ('2026-01-01T11:00:00.000000Z', '1.1.1.1', 'GET', 'https://shop.example:443/', '404', -1.0, 'Mozilla/5.0 (iPhone)')),
waf(ts, action, rule, ip, country, headers) AS (VALUES
  (1767225600000, 'BLOCK', 'rate', '2.2.2.2', 'DE', ARRAY[CAST(ROW('Host', 'a.example') AS ROW(name varchar, value varchar)), CAST(ROW('User-Agent', 'bot') AS ROW(name varchar, value varchar))]),
  (1767225900000, 'ALLOW', 'Default_Action', '2.2.2.3', 'FR', ARRAY[CAST(ROW('Host', 'b.example') AS ROW(name varchar, value varchar))]),
  (1767226500000, 'BLOCK', 'sqli', '2.2.2.2', 'DE', ARRAY[CAST(ROW('Host', 'a.example') AS ROW(name varchar, value varchar))])),
clicks(user_id, event, at_ts, props) AS (VALUES
  ('u1', 'view', TIMESTAMP '2026-01-01 10:00:00.000', '{"page":"/a","ms":120,"tags":["x","y"],"geo":{"city":"Rome"}}'), ('u1', 'cart', TIMESTAMP '2026-01-01 10:05:00.000', '{"page":"/b","ms":80,"tags":[],"geo":null}'),
  ('u1', 'view', TIMESTAMP '2026-01-01 12:00:00.000', '{"page":"/a","ms":40}'), ('u2', 'view', TIMESTAMP '2026-01-02 09:00:00.000', '{"page":"/c","ms":300,"tags":["y"]}')),
inventory(store_id, sku, on_hand, reorder_point, unit_price, event_time, attributes, day) AS (VALUES
  ('s1', 'A', 5, 10, DECIMAL '2.50', TIMESTAMP '2026-01-01 08:00:00.000', MAP(ARRAY['color'], ARRAY['red']), DATE '2026-01-01'), ('s1', 'A', 3, 10, DECIMAL '2.50', TIMESTAMP '2026-01-01 09:00:00.000', MAP(ARRAY['color', 'size'], ARRAY['red', 'L']), DATE '2026-01-01'),
  ('s1', 'B', 40, 10, DECIMAL '9.99', TIMESTAMP '2026-01-02 08:00:00.000', MAP(ARRAY['size'], ARRAY['M']), DATE '2026-01-02'), ('s2', 'A', 12, 10, DECIMAL '2.75', TIMESTAMP '2026-01-02 10:00:00.000', MAP(ARRAY['color'], ARRAY['blue']), DATE '2026-01-02')),
iot(device, reading) AS (VALUES ('d1', '{"t":21.5,"at":"2026-01-01T00:00:00Z"}'), ('d1', '{"t":22.5,"at":"2026-01-01T00:10:00Z"}'), ('d2', '{"t":null,"at":"2026-01-01T00:05:00Z"}'))
`;

/** Kinds of queries from AWS's guides and blogs on logs, clicks, stock and devices; all are in our own words. */
export const published: readonly PublishedCase[] = [
  [
    'VPC flow logs: rejected',
    `SELECT srcaddr, dstport FROM flow WHERE action = 'REJECT' AND protocol = 6`,
    [['10.0.0.2', '22']],
  ],
  [
    'VPC flow logs: top talkers',
    `SELECT srcaddr, sum(bytes) AS total FROM flow GROUP BY srcaddr ORDER BY total DESC LIMIT 2`,
    [
      ['10.0.0.3', '5000'],
      ['10.0.0.1', '1120'],
    ],
  ],
  [
    'VPC flow logs: packets to HTTPS',
    `SELECT dstaddr, sum(packets) AS packetcount FROM flow WHERE dstport = 443 GROUP BY dstaddr ORDER BY packetcount DESC LIMIT 10`,
    [['10.0.1.1', '30']],
  ],
  [
    'VPC flow logs: by hour',
    `SELECT date_trunc('hour', from_unixtime(starts)) AS h, count(*) FROM flow GROUP BY 1 ORDER BY 1`,
    [
      ['2026-01-01 00:00:00.000 UTC', '2'],
      ['2026-01-01 01:00:00.000 UTC', '2'],
    ],
  ],
  [
    'VPC flow logs: day of week',
    `SELECT day_of_week(from_unixtime(starts)) AS d, sum(packets) FROM flow GROUP BY day_of_week(from_unixtime(starts))`,
    [['4', '35']],
  ],
  [
    'VPC flow logs: share of rejects',
    `SELECT count_if(action = 'REJECT') * 100.0 / count(*) FROM flow`,
    [['25.0']],
  ],
  ['VPC flow logs: integer mean', `SELECT sum(bytes) / sum(packets) FROM flow`, [['180']]],
  [
    'VPC flow logs: rollup',
    `SELECT action, protocol, count(*) FROM flow GROUP BY ROLLUP (action, protocol) ORDER BY action, protocol`,
    [
      ['ACCEPT', '6', '2'],
      ['ACCEPT', '17', '1'],
      ['ACCEPT', null, '3'],
      ['REJECT', '6', '1'],
      ['REJECT', null, '1'],
      [null, null, '4'],
    ],
  ],
  [
    'VPC flow logs: private range',
    `SELECT count(*) FROM flow WHERE regexp_like(srcaddr, '^10\\.\\d+\\.')`,
    [['4']],
  ],
  [
    'VPC flow logs: protocol names',
    `SELECT CASE protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' ELSE 'other' END AS p, count(*) FROM flow GROUP BY 1 ORDER BY 1`,
    [
      ['tcp', '3'],
      ['udp', '1'],
    ],
  ],
  [
    'ALB: by verb and client',
    `SELECT count(verb) AS n, verb, client_ip FROM alb GROUP BY verb, client_ip ORDER BY n DESC, verb LIMIT 1`,
    [['2', 'GET', '1.1.1.1']],
  ],
  [
    'ALB: errors',
    `SELECT url FROM alb WHERE CAST(status AS integer) >= 500`,
    [['https://shop.example:443/api/orders']],
  ],
  ['ALB: Safari and others', `SELECT verb FROM alb WHERE agent LIKE '%iPhone%'`, [['GET']]],
  [
    'ALB: by five minutes',
    `SELECT date_trunc('hour', t) + (minute(t) / 5) * INTERVAL '5' MINUTE AS bucket, count(*) FROM (SELECT from_iso8601_timestamp(time) AS t FROM alb) GROUP BY 1 ORDER BY 1`,
    [
      ['2026-01-01 10:00:00.000 UTC', '2'],
      ['2026-01-01 11:00:00.000 UTC', '1'],
    ],
  ],
  [
    'ALB: time window',
    `SELECT client_ip FROM alb WHERE parse_datetime(substr(time, 1, 19), 'yyyy-MM-dd''T''HH:mm:ss') BETWEEN parse_datetime('2026-01-01-10:00:00', 'yyyy-MM-dd-HH:mm:ss') AND parse_datetime('2026-01-01-10:30:00', 'yyyy-MM-dd-HH:mm:ss') ORDER BY 1`,
    [['1.1.1.1'], ['1.1.1.2']],
  ],
  [
    'ALB: paths',
    `SELECT url_extract_path(url) AS p FROM alb ORDER BY 1`,
    [['/'], ['/api/items'], ['/api/orders']],
  ],
  [
    'ALB: parameter',
    `SELECT url_extract_parameter(url, 'q') FROM alb WHERE verb = 'GET' AND url LIKE '%?%'`,
    [['a b']],
  ],
  [
    'ALB: slow targets',
    `SELECT approx_percentile(target_seconds, 0.5), max(target_seconds) FROM alb WHERE target_seconds >= 0`,
    [['0.05', '1.25']],
  ],
  [
    'ALB: status classes',
    `SELECT substr(status, 1, 1) || 'xx' AS class, count(*) FROM alb GROUP BY 1 ORDER BY 1`,
    [
      ['2xx', '1'],
      ['4xx', '1'],
      ['5xx', '1'],
    ],
  ],
  [
    'ALB: agent family',
    `SELECT regexp_extract(agent, '^([^/]+)/', 1) AS family, count(*) FROM alb GROUP BY 1 ORDER BY 1`,
    [
      ['Mozilla', '2'],
      ['curl', '1'],
    ],
  ],
  [
    'ALB: first of each client',
    `SELECT client_ip, status FROM (SELECT client_ip, status, row_number() OVER (PARTITION BY client_ip ORDER BY time) AS rn FROM alb) WHERE rn = 1 ORDER BY 1`,
    [
      ['1.1.1.1', '200'],
      ['1.1.1.2', '500'],
    ],
  ],
  [
    'WAF: blocked by rule',
    `SELECT rule, count(*) AS n FROM waf WHERE action = 'BLOCK' GROUP BY rule ORDER BY rule`,
    [
      ['rate', '1'],
      ['sqli', '1'],
    ],
  ],
  [
    'WAF: header',
    `SELECT header.value, count(*) FROM waf, UNNEST(headers) AS t(header) WHERE header.name = 'Host' GROUP BY header.value ORDER BY 1`,
    [
      ['a.example', '2'],
      ['b.example', '1'],
    ],
  ],
  [
    'WAF: header by columns',
    `SELECT w.ip, h.value FROM waf w CROSS JOIN UNNEST(w.headers) AS h(name, value) WHERE h.name = 'User-Agent'`,
    [['2.2.2.2', 'bot']],
  ],
  [
    'WAF: time of milliseconds',
    `SELECT from_unixtime(ts / 1000) FROM waf WHERE action = 'ALLOW'`,
    [['2026-01-01 00:05:00.000 UTC']],
  ],
  [
    'WAF: per five minutes',
    `SELECT from_unixtime(floor(ts / 1000 / 300) * 300) AS w, count(*) FROM waf GROUP BY 1 ORDER BY 1`,
    [
      ['2026-01-01 00:00:00.000 UTC', '1'],
      ['2026-01-01 00:05:00.000 UTC', '1'],
      ['2026-01-01 00:15:00.000 UTC', '1'],
    ],
  ],
  [
    'WAF: blocked more than once',
    `SELECT ip, country, count(*) FROM waf WHERE action = 'BLOCK' GROUP BY ip, country HAVING count(*) > 1`,
    [['2.2.2.2', 'DE', '2']],
  ],
  [
    'WAF: any header',
    `SELECT count(*) FROM waf WHERE any_match(headers, h -> lower(h.name) = 'user-agent')`,
    [['1']],
  ],
  [
    'WAF: headers as a map',
    `SELECT element_at(map_from_entries(headers), 'Host') FROM waf WHERE country = 'FR'`,
    [['b.example']],
  ],
  [
    'WAF: dates',
    `SELECT date_format(from_unixtime(ts / 1000), '%Y-%m-%d %H:%i') FROM waf ORDER BY ts LIMIT 1`,
    [['2026-01-01 00:00']],
  ],
  [
    'clickstream: pages',
    `SELECT json_extract_scalar(props, '$.page') AS page, count(*) AS n FROM clicks GROUP BY 1 ORDER BY n DESC, page LIMIT 1`,
    [['/a', '2']],
  ],
  [
    'clickstream: number of JSON',
    `SELECT avg(CAST(json_extract_scalar(props, '$.ms') AS double)) FROM clicks`,
    [['135.0']],
  ],
  [
    'clickstream: tags',
    `SELECT tag, count(*) FROM clicks CROSS JOIN UNNEST(CAST(json_extract(props, '$.tags') AS array(varchar))) AS t(tag) GROUP BY tag ORDER BY tag`,
    [
      ['x', '1'],
      ['y', '2'],
    ],
  ],
  [
    'clickstream: sessions',
    `SELECT user_id, count_if(gap IS NULL OR gap > 30) AS sessions FROM (SELECT user_id, date_diff('minute', lag(at_ts) OVER (PARTITION BY user_id ORDER BY at_ts), at_ts) AS gap FROM clicks) GROUP BY user_id ORDER BY user_id`,
    [
      ['u1', '2'],
      ['u2', '1'],
    ],
  ],
  [
    'clickstream: session numbers',
    `SELECT user_id, event, sum(fresh) OVER (PARTITION BY user_id ORDER BY at_ts) AS session FROM (SELECT *, IF(date_diff('minute', lag(at_ts) OVER (PARTITION BY user_id ORDER BY at_ts), at_ts) <= 30, 0, 1) AS fresh FROM clicks) ORDER BY 1, 3, 2`,
    [
      ['u1', 'cart', '1'],
      ['u1', 'view', '1'],
      ['u1', 'view', '2'],
      ['u2', 'view', '1'],
    ],
  ],
  [
    'clickstream: funnel',
    `SELECT count(DISTINCT CASE WHEN event = 'view' THEN user_id END) AS viewed, count(DISTINCT IF(event = 'cart', user_id)) AS carted FROM clicks`,
    [['2', '1']],
  ],
  [
    'clickstream: daily users',
    `SELECT CAST(at_ts AS date) AS d, approx_distinct(user_id) FROM clicks GROUP BY 1 ORDER BY 1`,
    [
      ['2026-01-01', '1'],
      ['2026-01-02', '1'],
    ],
  ],
  [
    'clickstream: last event',
    `SELECT user_id, max_by(event, at_ts) FROM clicks GROUP BY user_id ORDER BY 1`,
    [
      ['u1', 'view'],
      ['u2', 'view'],
    ],
  ],
  [
    'clickstream: path',
    `SELECT user_id, array_join(array_agg(event ORDER BY at_ts), ' > ') FROM clicks GROUP BY user_id ORDER BY 1`,
    [
      ['u1', 'view > cart > view'],
      ['u2', 'view'],
    ],
  ],
  [
    'clickstream: nested',
    `SELECT json_extract_scalar(props, '$.geo.city') FROM clicks WHERE event = 'view' AND user_id = 'u1' ORDER BY at_ts LIMIT 1`,
    [['Rome']],
  ],
  [
    'clickstream: missing JSON',
    `SELECT count(*) FROM clicks WHERE json_extract(props, '$.tags') IS NULL`,
    [['1']],
  ],
  [
    'clickstream: retention',
    `WITH days AS (SELECT DISTINCT user_id, date(at_ts) AS d FROM clicks) SELECT a.d, count(b.user_id) FROM days a LEFT JOIN days b ON a.user_id = b.user_id AND b.d = date_add('day', 1, a.d) GROUP BY a.d ORDER BY a.d`,
    [
      ['2026-01-01', '0'],
      ['2026-01-02', '0'],
    ],
  ],
  [
    'clickstream: running total',
    `SELECT CAST(count(*) AS varchar), sum(count(*)) OVER (ORDER BY event) FROM clicks GROUP BY event ORDER BY event`,
    [
      ['1', '1'],
      ['3', '4'],
    ],
  ],
  [
    'inventory: low stock now',
    `SELECT store_id, sku, max_by(on_hand, event_time) AS now_on_hand FROM inventory GROUP BY store_id, sku HAVING max_by(on_hand, event_time) < max(reorder_point) ORDER BY 1, 2`,
    [['s1', 'A', '3']],
  ],
  [
    'inventory: latest row',
    `SELECT sku, on_hand FROM (SELECT *, row_number() OVER (PARTITION BY store_id, sku ORDER BY event_time DESC) AS rn FROM inventory) WHERE rn = 1 ORDER BY sku, on_hand`,
    [
      ['A', '3'],
      ['A', '12'],
      ['B', '40'],
    ],
  ],
  [
    'inventory: value',
    `SELECT store_id, sum(on_hand * unit_price) FROM inventory WHERE day = DATE '2026-01-02' GROUP BY store_id ORDER BY 1`,
    [
      ['s1', '399.60'],
      ['s2', '33.00'],
    ],
  ],
  ['inventory: mean price', `SELECT round(avg(unit_price), 1) FROM inventory WHERE sku = 'A'`, [['2.60']]],
  [
    'inventory: attribute',
    `SELECT element_at(attributes, 'size') FROM inventory ORDER BY event_time`,
    [[null], ['L'], ['M'], [null]],
  ],
  [
    'inventory: attributes as rows',
    `SELECT k, v FROM inventory CROSS JOIN UNNEST(attributes) AS t(k, v) WHERE store_id = 's1' AND sku = 'A' AND on_hand = 3 ORDER BY k`,
    [
      ['color', 'red'],
      ['size', 'L'],
    ],
  ],
  [
    'inventory: last 7 days',
    `SELECT count(*) FROM inventory WHERE day >= date_add('day', -7, DATE '2026-01-08') AND day < DATE '2026-01-08'`,
    [['4']],
  ],
  [
    'inventory: calendar',
    `SELECT d, count(i.sku) FROM UNNEST(sequence(DATE '2026-01-01', DATE '2026-01-03', INTERVAL '1' DAY)) AS c(d) LEFT JOIN inventory i ON i.day = d GROUP BY d ORDER BY d`,
    [
      ['2026-01-01', '2'],
      ['2026-01-02', '2'],
      ['2026-01-03', '0'],
    ],
  ],
  [
    'inventory: full join',
    `SELECT coalesce(a.sku, b.sku), a.n, b.n FROM (SELECT sku, count(*) AS n FROM inventory WHERE store_id = 's1' GROUP BY sku) a FULL OUTER JOIN (SELECT sku, count(*) AS n FROM inventory WHERE store_id = 's2' GROUP BY sku) b ON a.sku = b.sku ORDER BY 1`,
    [
      ['A', '2', '1'],
      ['B', '1', null],
    ],
  ],
  [
    'inventory: pivot',
    `SELECT sku, max(CASE WHEN store_id = 's1' THEN on_hand END) AS s1, max(CASE WHEN store_id = 's2' THEN on_hand END) AS s2 FROM inventory GROUP BY sku ORDER BY sku`,
    [
      ['A', '5', '12'],
      ['B', '40', null],
    ],
  ],
  [
    'inventory: change',
    `SELECT on_hand - lag(on_hand) OVER (PARTITION BY store_id, sku ORDER BY event_time) FROM inventory ORDER BY store_id, sku, event_time`,
    [[null], ['-2'], [null], [null]],
  ],
  [
    'inventory: moving mean',
    `SELECT avg(on_hand) OVER (ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM inventory ORDER BY event_time`,
    [['5.0'], ['4.0'], ['21.5'], ['26.0']],
  ],
  [
    'inventory: as JSON',
    `SELECT json_format(CAST(map_agg(sku, on_hand) AS json)) FROM (SELECT sku, max(on_hand) AS on_hand FROM inventory GROUP BY sku ORDER BY sku)`,
    [['{"A":12,"B":40}']],
  ],
  [
    'inventory: text key',
    `SELECT concat(store_id, '-', sku, '-', CAST(year(day) AS varchar)) FROM inventory WHERE on_hand = 40`,
    [['s1-B-2026']],
  ],
  [
    'inventory: share of the total',
    `SELECT sku, round(sum(on_hand) * 100.0 / sum(sum(on_hand)) OVER (), 1) FROM inventory GROUP BY sku ORDER BY sku`,
    [
      ['A', '33.3'],
      ['B', '66.7'],
    ],
  ],
  [
    'IoT: readings',
    `SELECT device, avg(CAST(json_extract_scalar(reading, '$.t') AS double)) AS mean FROM iot GROUP BY device ORDER BY device`,
    [
      ['d1', '22.0'],
      ['d2', null],
    ],
  ],
  [
    'IoT: ten minutes',
    `SELECT date_diff('second', min(t), max(t)) FROM (SELECT from_iso8601_timestamp(json_extract_scalar(reading, '$.at')) AS t FROM iot)`,
    [['600']],
  ],
  [
    'IoT: local time',
    `SELECT date_format(from_iso8601_timestamp(json_extract_scalar(reading, '$.at')) AT TIME ZONE 'Europe/Rome', '%H:%i') FROM iot ORDER BY 1 LIMIT 1`,
    [['01:00']],
  ],
  ['IoT: bad rows', `SELECT count(try(CAST(device AS integer))), count(*) FROM iot`, [['0', '3']]],
  [
    'IoT: silent devices',
    `SELECT device FROM iot GROUP BY device HAVING bool_and(json_extract_scalar(reading, '$.t') IS NULL)`,
    [['d2']],
  ],
  [
    'IoT: range',
    `SELECT device, CAST(max(CAST(json_extract_scalar(reading, '$.t') AS double)) AS decimal(5,1)) FROM iot GROUP BY device ORDER BY device`,
    [
      ['d1', '22.5'],
      ['d2', null],
    ],
  ],
];
