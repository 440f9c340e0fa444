import { expect, test } from 'vitest';
import { athenaLake } from './athena-lake.js';

/** The shape of a planner's query: open episodes of low stock, one row each, by joins and min_by. */
const openEpisodes = `with events_now as (
  select store, place.city as city, stock, ts from events where ts >= timestamp '2026-11-23 00:00:00'
), sufficient as (
  select store, max(ts) as ts from events_now where stock >= 4 group by store
)
select e.store as store, min_by(e.city, e.ts) as city, min(e.ts) as episode_sequence,
       cast(min_by(e.ts, e.ts) as varchar) as started_at, min_by(e.stock, e.ts) as stock, max(s.ts) is not null as complete
from events_now e
left join sufficient s on s.store = e.store
where e.stock < 4 and (s.ts is null or e.ts > s.ts)
group by e.store order by store`;

test('a planner’s query of open low-stock episodes runs as it is', async () => {
  const lake = await athenaLake([
    `'s1', 5, NULL, NULL, TIMESTAMP '2026-11-23 01:00:00', NULL, NULL, NULL, NULL, {'city': 'Rome', 'latitude': 1}`,
    `'s1', 3, NULL, NULL, TIMESTAMP '2026-11-23 02:00:00', NULL, NULL, NULL, NULL, {'city': 'Rome', 'latitude': 1}`,
    `'s1', 2, NULL, NULL, TIMESTAMP '2026-11-23 03:00:00', NULL, NULL, NULL, NULL, {'city': 'Rome', 'latitude': 1}`,
    `'s2', 1, NULL, NULL, TIMESTAMP '2026-11-23 01:00:00', NULL, NULL, NULL, NULL, {'city': 'Pisa', 'latitude': 1}`,
    `'s3', 9, NULL, NULL, TIMESTAMP '2026-11-23 01:00:00', NULL, NULL, NULL, NULL, {'city': 'Bari', 'latitude': 1}`,
  ]);
  const { rows, failure } = await lake.ask(openEpisodes);
  expect(failure).toBeUndefined();
  expect(rows).toEqual([
    ['s1', 'Rome', '2026-11-23 02:00:00.000', '2026-11-23 02:00:00.000', '3', 'true'],
    ['s2', 'Pisa', '2026-11-23 01:00:00.000', '2026-11-23 01:00:00.000', '1', 'false'],
  ]);
});

test('checks of types cost nothing once a query runs: joins stay hash joins, filters plain comparisons', async () => {
  const lake = await athenaLake();
  const plan = await lake.plan(openEpisodes);
  expect(plan).toContain('HASH_JOIN');
  expect(plan).not.toMatch(/NESTED_LOOP|CROSS_PRODUCT|typeof|error\(/);
  expect(plan).toContain('(stock >= 4)');
});
