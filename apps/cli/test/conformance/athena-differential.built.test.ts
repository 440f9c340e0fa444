import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena, eachAtOnce } from './athena-client.js';
import { differentialNumbers } from './athena-differential-numbers.js';
import { differentialQueries } from './athena-differential-queries.js';
import { differentialTexts } from './athena-differential-texts.js';
import { differentialTimes } from './athena-differential-times.js';
import { differentialNested } from './athena-differential-nested.js';
import { type DifferentialCase, readDifferential } from './read-differential.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Expressions of one statement: what they cost is mostly that of a statement. */
const BATCH = 24;

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test('values, types and failures of arithmetic, casts, functions and queries are Trino’s', async () => {
  const cases = [
    differentialNumbers,
    differentialTexts,
    differentialTimes,
    differentialNested,
    differentialQueries,
  ].flatMap(readDifferential);
  expect(cases.length).toBeGreaterThanOrEqual(500);
  const wrong: unknown[] = [];
  const judge = async (some: readonly DifferentialCase[]): Promise<void> => {
    const [first] = some;
    if (first === undefined) return;
    const sql = first.isQuery ? first.sql : `SELECT ${some.map(({ sql: one }) => one).join(', ')}`;
    const { rows, types, failure } = await askAthena(served, sql);
    // Where one of several fails, each is asked by itself.
    if (failure !== undefined && some.length > 1) {
      for (const one of some) await judge([one]);
      return;
    }
    for (const [at, { sql: one, value, type, fails, isQuery }] of some.entries()) {
      const answer =
        isQuery && (rows.length !== 1 || rows[0]?.length !== 1)
          ? JSON.stringify(rows)
          : String(rows[0]?.[at]);
      const isSame =
        fails === undefined
          ? failure === undefined && answer === value && (type === undefined || types[at] === type)
          : failure?.includes(fails) === true;
      if (!isSame) wrong.push([one, failure ?? answer, types[at]]);
    }
  };
  const expressions = cases.filter(({ isQuery, fails }) => !isQuery && fails === undefined);
  const starts = Array.from({ length: Math.ceil(expressions.length / BATCH) }, (_, at) => at * BATCH);
  const batches = [
    ...starts.map((at) => expressions.slice(at, at + BATCH)),
    ...cases.filter(({ isQuery, fails }) => isQuery || fails !== undefined).map((one) => [one]),
  ];
  await eachAtOnce(batches, judge);
  console.log(`Statements compared with Trino: ${cases.length}, ${wrong.length} wrong.`);
  expect(wrong).toEqual([]);
});
