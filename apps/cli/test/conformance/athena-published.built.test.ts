import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena, eachAtOnce } from './athena-client.js';
import { published, publishedTables } from './athena-published.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test('of the published kinds of queries, 90 in 100 run as in Athena, none answers otherwise, and the rest is refused', async () => {
  expect(published.length).toBeGreaterThanOrEqual(60);
  const wrong: unknown[] = [];
  let ran = 0;
  await eachAtOnce(published, async ([kind, sql, expected]) => {
    const statement = sql.startsWith('WITH ')
      ? `${publishedTables}, ${sql.slice('WITH '.length)}`
      : `${publishedTables}${sql}`;
    const { rows, failure } = await askAthena(served, statement);
    if (typeof expected === 'string') {
      if (failure?.startsWith(expected) !== true) wrong.push([kind, failure ?? rows]);
    } else if (failure === undefined && JSON.stringify(rows) === JSON.stringify(expected)) ran += 1;
    else wrong.push([kind, failure ?? rows]);
  });
  console.log(`Published queries: ${ran} of ${published.length} run, ${wrong.length} wrong.`);
  expect(wrong).toEqual([]);
  expect(ran / published.length).toBeGreaterThanOrEqual(0.9);
});
