import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena } from './ask-athena.js';
import { documented } from './athena-documented.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
}, 120_000);

afterAll(() => served.stop());

test('of the documented examples, 85 in 100 are equal, none is wrong, and the rest is refused by name', async () => {
  const wrong: unknown[] = [];
  let equal = 0;
  let refused = 0;
  for (const [page, cases] of Object.entries(documented)) {
    for (const [expression, value] of cases) {
      const { rows, failure } = await askAthena(served, `SELECT ${expression}`);
      if (value !== null && typeof value === 'object') {
        if (failure?.startsWith('NOT_SUPPORTED: ') === true && failure.includes(value.refused)) refused += 1;
        else wrong.push([page, expression, failure ?? rows]);
      } else if (failure === undefined && rows[0]?.[0] === value) equal += 1;
      else wrong.push([page, expression, failure ?? rows[0]?.[0]]);
    }
  }
  console.log(`Documented examples: ${equal} equal, ${refused} refused by name, ${wrong.length} wrong.`);
  expect(wrong).toEqual([]);
  expect(equal / (equal + refused)).toBeGreaterThanOrEqual(0.85);
}, 300_000);
