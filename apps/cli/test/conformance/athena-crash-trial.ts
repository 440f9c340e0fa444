import { gunzipSync } from 'node:zlib';
import { signedFor } from '../authorization.js';
import type { Chance } from '../poison/chance.js';
import { askAthena } from './athena-client.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

/** Rows that one statement writes, over three partitions. */
const ROWS = 3000;
/** Statements that are under way when the endpoint dies. */
const STATEMENTS = 5;
/** The endpoint dies after at most this many answers about them. */
const MOST_ANSWERS = 600;

/** What was begun on a folder, and what of it was told to be done. */
export interface WriteLedger {
  readonly begun: { readonly kind: 'insert' | 'ctas' | 'unload'; readonly number: number }[];
  readonly done: Set<number>;
}

/** Prepares an empty endpoint for trials. */
export async function prepareWrites(served: ServedEndpoint): Promise<void> {
  for (const sql of [
    'CREATE DATABASE IF NOT EXISTS crash',
    `CREATE EXTERNAL TABLE crash.log (n int, batch int) PARTITIONED BY (part int) STORED AS PARQUET LOCATION 's3://lake/log/'`,
  ]) {
    const { failure } = await askAthena(served, sql);
    if (failure !== undefined) throw new Error(failure);
  }
}

/** Begins statements that write and kills the endpoint in the middle of them, at a moment that `chance` draws. */
export async function writeUntilKilled(
  served: ServedEndpoint,
  ledger: WriteLedger,
  chance: Chance,
): Promise<void> {
  let answers = 1 + Math.floor(chance.next() ** 2 * MOST_ANSWERS);
  const ask = async (action: string, input: object): Promise<string | undefined> => {
    // It may be dead by now: then nothing was acknowledged.
    const answer = await served.json(`AmazonAthena.${action}`, input).catch(() => undefined);
    return answer?.text;
  };
  const begin = async (): Promise<void> => {
    const kind = chance.pick(['insert', 'ctas', 'unload'] as const);
    const number = ledger.begun.length;
    ledger.begun.push({ kind, number });
    const started = await ask('StartQueryExecution', {
      QueryString: statementOf(kind, number),
      ResultConfiguration: { OutputLocation: 's3://results/' },
    });
    const id = /"QueryExecutionId":"([^"]+)"/.exec(started ?? '')?.[1];
    while (id !== undefined) {
      const text = await ask('GetQueryExecution', { QueryExecutionId: id });
      if (text === undefined) return;
      const state = /"State":"([A-Z]+)"/.exec(text)?.[1];
      if (state === 'SUCCEEDED') ledger.done.add(number);
      if (state === 'FAILED') throw new Error(text);
      answers -= 1;
      if (answers === 0) void served.end('SIGKILL');
      if (state === 'SUCCEEDED') return;
    }
  };
  await Promise.all(Array.from({ length: STATEMENTS }, begin));
  await served.end('SIGKILL');
}

function statementOf(kind: WriteLedger['begun'][number]['kind'], number: number): string {
  const rows = `SELECT x AS n, ${number} AS batch, x % 3 AS part FROM UNNEST(sequence(1, ${ROWS})) AS t(x)`;
  // A sequence counts in bigint.
  const fitting = `SELECT CAST(n AS integer) AS n, batch, CAST(part AS integer) AS part FROM (${rows}) AS r`;
  switch (kind) {
    case 'insert':
      return `INSERT INTO crash.log ${fitting}`;
    case 'ctas':
      return `CREATE TABLE crash.made${number} WITH (partitioned_by = ARRAY['part'], external_location = 's3://lake/made${number}/') AS ${fitting}`;
    case 'unload':
      return `UNLOAD (${fitting}) TO 's3://lake/unloaded${number}/' WITH (format = 'JSON', partitioned_by = ARRAY['part'])`;
  }
}

/** Starts on what a kill has left and returns what is wrong: nothing, where each statement is there completely or not at all. */
export async function judgeWrites(
  folder: string,
  ledger: WriteLedger,
): Promise<{ readonly served: ServedEndpoint; readonly wrong: readonly string[] }> {
  const served = await serveEndpoint([], folder);
  const logged = await counts(
    served,
    'SELECT batch, count(*), count(DISTINCT n) FROM crash.log GROUP BY batch',
  );
  const tables = (
    await rowsOf(served, `SELECT table_name, 'x' FROM information_schema.tables WHERE table_schema = 'crash'`)
  ).map(([name]) => name);
  const wrong: string[] = [];
  for (const { kind, number } of ledger.begun) {
    const found =
      kind === 'insert'
        ? (logged.get(String(number)) ?? 'nothing')
        : kind === 'unload'
          ? await unloaded(served, number)
          : tables.includes(`made${number}`)
            ? ((
                await counts(
                  served,
                  `SELECT batch, count(*), count(DISTINCT n) FROM crash.made${number} GROUP BY batch`,
                )
              ).get(String(number)) ?? 'a table without rows')
            : 'nothing';
    const isWhole = found === `${ROWS}/${ROWS}`;
    if (!isWhole && (found !== 'nothing' || ledger.done.has(number))) {
      wrong.push(`${kind} ${number}${ledger.done.has(number) ? ', told to be done' : ''}: ${found}`);
    }
  }
  return { served, wrong };
}

async function rowsOf(served: ServedEndpoint, sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const { rows, failure } = await askAthena(served, sql);
  if (failure !== undefined) throw new Error(`${sql}: ${failure}`);
  return rows;
}

/** Rows and different numbers of each batch. */
async function counts(served: ServedEndpoint, sql: string): Promise<ReadonlyMap<string, string>> {
  return new Map(
    (await rowsOf(served, sql)).map(([batch, rows, numbers]) => [
      String(batch),
      `${rows ?? ''}/${numbers ?? ''}`,
    ]),
  );
}

async function unloaded(served: ServedEndpoint, number: number): Promise<string> {
  const get = async (path: string): Promise<Buffer> => {
    const answer = await fetch(`${served.endpoint}/${path}`, { headers: signedFor('s3') });
    return Buffer.from(await answer.arrayBuffer());
  };
  const listing = await get(`lake?list-type=2&prefix=unloaded${number}/`);
  const keys = [...listing.toString().matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
  if (keys.length === 0) return 'nothing';
  const texts = await Promise.all(
    keys.map(async (key) => {
      const bytes = await get(`lake/${key}`);
      return (key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    }),
  );
  const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  return `${lines.length}/${new Set(lines).size}`;
}
