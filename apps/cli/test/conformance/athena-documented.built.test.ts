import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena, eachAtOnce } from './athena-client.js';
import { documented, type DocumentedCase } from './athena-documented.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Expressions of one statement. */
const BATCH = 12;

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test('of the documented examples, 85 in 100 are equal, none is wrong, and the rest is refused by name', async () => {
  const wrong: unknown[] = [];
  let equal = 0;
  let refused = 0;
  const judge = async (page: string, some: readonly DocumentedCase[]): Promise<void> => {
    const list = some.map(([expression]) => expression).join(', ');
    const { rows, failure } = await askAthena(served, `SELECT ${list}`);
    // Where one of several fails, each is asked by itself.
    if (failure !== undefined && some.length > 1) {
      for (const one of some) await judge(page, [one]);
      return;
    }
    for (const [at, [expression, value]] of some.entries()) {
      if (value !== null && typeof value === 'object' && 'fails' in value) {
        if (failure?.startsWith(value.fails) === true) equal += 1;
        else wrong.push([page, expression, failure ?? rows]);
      } else if (value !== null && typeof value === 'object') {
        if (failure?.startsWith('NOT_SUPPORTED: ') === true && failure.includes(value.refused)) refused += 1;
        else wrong.push([page, expression, failure ?? rows]);
      } else if (failure === undefined && rows[0]?.[at] === value) equal += 1;
      else wrong.push([page, expression, failure ?? rows[0]?.[at]]);
    }
  };
  const batches = Object.entries(documented).flatMap(([page, cases]) => {
    const isAnswered = ([, value]: DocumentedCase): boolean => value === null || typeof value === 'string';
    const answered = cases.filter(isAnswered);
    const starts = Array.from({ length: Math.ceil(answered.length / BATCH) }, (_, at) => at * BATCH);
    return [
      ...starts.map((at) => ({ page, some: answered.slice(at, at + BATCH) })),
      ...cases.filter((one) => !isAnswered(one)).map((one) => ({ page, some: [one] })),
    ];
  });
  await eachAtOnce(batches, ({ page, some }) => judge(page, some));
  console.log(`Documented examples: ${equal} equal, ${refused} refused by name, ${wrong.length} wrong.`);
  expect(wrong).toEqual([]);
  expect(equal / (equal + refused)).toBeGreaterThanOrEqual(0.85);
});
