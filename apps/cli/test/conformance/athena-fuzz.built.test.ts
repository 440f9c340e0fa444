import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAthena, eachAtOnce } from './athena-client.js';
import { differentialNested } from './athena-differential-nested.js';
import { differentialQueries } from './athena-differential-queries.js';
import { differentialTexts } from './athena-differential-texts.js';
import { differentialTimes } from './athena-differential-times.js';
import { published, publishedTables } from './athena-published.js';
import { readDifferential } from './read-differential.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

const STATEMENTS = 60;
/** `ATHENA_FUZZ_SEED` repeats a run. */
const seed = Number(process.env.ATHENA_FUZZ_SEED ?? Date.now() % 1_000_000);

/** What no client is told: the engine's words, its macros, paths of this machine, stacks. */
const foreign =
  /duckdb|(?:Binder|Catalog|Parser|Conversion|Invalid Input|Out of Range|INTERNAL|Serialization) Error|Candidate (?:functions|macros)|^ *\^|trino_[a-z]|struct_pack|list_(?:transform|extract|filter)|json_(?:de)?serialize|\/(?:tmp|home|work|root|usr|var)\/|\n\s+at \S|node:internal/i;

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

/** A generator of whole numbers below a bound; the same for the same seed. */
function numbers(start: number): (below: number) => number {
  let state = start >>> 0;
  return (below) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const tokens = /'(?:[^']|'')*'|"[^"]*"|[A-Za-z_]\w*|[0-9.]+|\s+|[^]/g;

/** One to three tokens are left out, doubled, or change places. */
function mutated(sql: string, next: (below: number) => number): string {
  const parts: string[] = sql.match(tokens) ?? [];
  for (let times = 1 + next(3); times > 0; times -= 1) {
    const at = next(parts.length);
    const other = next(parts.length);
    const [part = '', second = ''] = [parts[at], parts[other]];
    const kind = next(3);
    if (kind === 0) parts.splice(at, 1);
    else if (kind === 1) parts.splice(other, 0, part);
    else {
      parts[at] = second;
      parts[other] = part;
    }
  }
  return parts.join('');
}

test(`each mutated statement is answered in Athena’s words (seed ${seed})`, async () => {
  const next = numbers(seed);
  const corpus = [
    ...[differentialNested, differentialQueries, differentialTexts, differentialTimes]
      .flatMap(readDifferential)
      .map(({ sql, isQuery }) => (isQuery ? sql : `SELECT ${sql}`)),
    ...published.filter(([, sql]) => !sql.startsWith('WITH ')).map(([, sql]) => sql),
  ];
  const known = new Set(published.map(([, sql]) => sql));
  const statements = Array.from({ length: STATEMENTS }, () => {
    const original = corpus[next(corpus.length)] ?? 'SELECT 1';
    const changed = mutated(original, next);
    return known.has(original) ? `${publishedTables}${changed}` : changed;
  });
  const told: unknown[] = [];
  await eachAtOnce(statements, async (sql) => {
    const { failure } = await askAthena(served, sql);
    if (failure !== undefined && foreign.test(failure)) told.push([sql.slice(-300), failure]);
  });
  expect(told).toEqual([]);
  expect((await askAthena(served, 'SELECT 1 + 1')).rows).toEqual([['2']]);
});
