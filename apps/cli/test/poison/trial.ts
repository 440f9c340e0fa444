import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chanceOf, type Chance } from './chance.js';
import { patienceMs, startPoisoned, type PoisonedEndpoint } from './endpoint.js';
import { hostilePartitionQuery, hostilePrefix, hostileQuery } from './queries.js';
import { goodRecord, hostileRecord, type HostileRecord } from './records.js';
import { hostileRequest, sendRaw } from './requests.js';
import { createHostileStream, createStreams, database, streams, type PoisonStream } from './streams.js';
import { judge, type Sent } from './verdict.js';

/** What one trial did. */
export interface TrialResult {
  readonly cases: number;
  /** Empty when the law held; else what broke, in words. */
  readonly wrong: readonly string[];
}

/** Hostile records, requests, queries and streams of one round; a trial has three rounds. */
const round = { records: 150, good: 60, requests: 40, queries: 3, patterns: 2 } as const;
const rounds = 3;
/** Calls that the records of a round come in. */
const PUTS = 10;

/**
 * Runs one trial: the built endpoint on a fresh folder takes good and hostile records, requests, queries and streams,
 * is killed or stopped between the rounds, flushes and ends. The law: it lives, it answers others, and everything
 * acknowledged is in the table or in the error output. The same seed gives the same trial.
 */
export async function runPoisonTrial(seed: number): Promise<TrialResult> {
  const chance = chanceOf(seed);
  const dataDir = await mkdtemp(join(tmpdir(), 'poison-'));
  const trial: Trial = {
    chance,
    seed,
    next: 1,
    cases: 0,
    wrong: [],
    sent: { good: new Map(), hostile: [] },
    poisoned: [],
  };
  try {
    let endpoint = await startPoisoned(dataDir);
    try {
      await createStreams(endpoint);
      for (let index = 0; index < rounds; index++) {
        await runRound(trial, endpoint);
        if (chance.next() < 0.8) {
          const how = await endpoint.kill(chance.next() < 0.6 ? 'SIGKILL' : 'SIGTERM');
          if (!/^(SIGKILL|exit code (0|130|143):)/.test(how)) trial.wrong.push(`stopped with ${how}`);
          endpoint = await startPoisoned(dataDir);
        }
        await countRows(trial, endpoint);
      }
      const flushed = await endpoint.flush();
      if (flushed !== 200) trial.wrong.push(`flush: ${flushed}`);
      await countRows(trial, endpoint);
      await endpoint.kill('SIGTERM');
    } finally {
      if (endpoint.endedBy() === undefined) await endpoint.kill('SIGKILL');
    }
    trial.wrong.push(...(await judge(dataDir, trial.sent)));
  } catch (error) {
    trial.wrong.push(error instanceof Error ? error.message : String(error));
  }
  if (trial.wrong.length === 0) await rm(dataDir, { recursive: true, force: true });
  else trial.wrong.push(`the folder is kept: ${dataDir}`);
  return { cases: trial.cases, wrong: trial.wrong };
}

interface Trial {
  readonly chance: Chance;
  readonly seed: number;
  next: number;
  cases: number;
  readonly wrong: string[];
  readonly sent: Sent;
  /** Streams whose query or prefix is hostile and was taken. */
  readonly poisoned: string[];
}

async function runRound(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  const { chance } = trial;
  const jobs: (() => Promise<void>)[] = [
    ...Array.from({ length: PUTS }, () => () => putRecords(trial, endpoint)),
    ...Array.from({ length: round.requests }, () => () => sendHostile(trial, endpoint)),
    ...Array.from({ length: round.queries }, () => () => runQuery(trial, endpoint)),
    ...Array.from({ length: round.patterns }, () => () => addStream(trial, endpoint)),
  ];
  const order = jobs.map((job) => ({ job, place: chance.next() })).sort((a, b) => a.place - b.place);
  // Three at a time, so that the good ones have hostile neighbors in time, too.
  const lane = async (): Promise<void> => {
    for (let entry = order.pop(); entry !== undefined; entry = order.pop()) await entry.job();
  };
  await Promise.all([lane(), lane(), lane()]);
  const how = endpoint.endedBy();
  if (how !== undefined) throw new Error(`The endpoint ended: ${how}`);
}

async function putRecords(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  const { chance, sent } = trial;
  const stream = chance.pick(streams);
  const batch: ({ readonly good: number } | { readonly hostile: HostileRecord })[] = [];
  for (let index = 0; index < Math.ceil(round.good / PUTS); index++) batch.push({ good: trial.next++ });
  for (let index = 0; index < Math.ceil(round.records / PUTS); index++) {
    batch.push({ hostile: hostileRecord(chance, `h-${trial.seed}-${trial.next++}-`) });
    trial.cases++;
  }
  batch.sort(() => chance.next() - 0.5);
  for (const item of batch) if ('good' in item) sent.good.set(item.good, false);
  const answer = await put(
    endpoint,
    stream,
    batch.map((item) => ('good' in item ? goodRecord(item.good) : item.hostile.bytes)),
  );
  batch.forEach((item, index) => {
    if (answer[index] !== true) return;
    if ('good' in item) sent.good.set(item.good, true);
    else sent.hostile.push({ stream, record: item.hostile });
  });
  for (const name of trial.poisoned.slice(-2)) {
    await put(endpoint, name, [goodRecord(0), hostileRecord(chance, 'h-0-0-').bytes]);
  }
}

/** Puts records in batches that Firehose takes; says of each whether it was acknowledged. */
async function put(
  endpoint: PoisonedEndpoint,
  stream: string,
  records: readonly Buffer[],
): Promise<boolean[]> {
  const acknowledged: boolean[] = [];
  for (const bytes of chunksOf(records, 3_000_000)) {
    const { status, body } = await endpoint.call('Firehose_20150804.PutRecordBatch', {
      DeliveryStreamName: stream,
      Records: bytes.map((record) => ({ Data: record.toString('base64') })),
    });
    // The service's answer has one entry for each record.
    const responses = (body.RequestResponses ?? []) as { readonly RecordId?: string }[];
    bytes.forEach((_, index) =>
      acknowledged.push(status === 200 && responses[index]?.RecordId !== undefined),
    );
  }
  return acknowledged;
}

function* chunksOf(records: readonly Buffer[], most: number): Generator<readonly Buffer[]> {
  let chunk: Buffer[] = [];
  let size = 0;
  for (const record of records) {
    if (size + record.length > most && chunk.length > 0) {
      yield chunk;
      [chunk, size] = [[], 0];
    }
    chunk.push(record);
    size += record.length;
  }
  if (chunk.length > 0) yield chunk;
}

async function sendHostile(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  const victims = { stream: 'openx' satisfies PoisonStream, database, table: 'openx' };
  const { kind, bytes } = hostileRequest(trial.chance, victims);
  trial.cases++;
  const answer = await sendRaw(endpoint.port, bytes, patienceMs);
  const text = (): string => `${kind}: ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`;
  if (answer === undefined) trial.wrong.push(`no end of ${text()}`);
  else if (answer.startsWith('HTTP/1.1 500')) trial.wrong.push(`${answer} for ${text()}`);
  else if (kind === 'forged by a page' && !answer.startsWith('HTTP/1.1 403')) {
    trial.wrong.push(`${answer} for ${text()}`);
  }
}

async function runQuery(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  const sql = hostileQuery(trial.chance, `${database}.openx`);
  trial.cases++;
  const end = await athena(endpoint, sql, 2_000);
  if (end === undefined) trial.wrong.push(`a query does not end: ${sql.slice(0, 200)}`);
}

/** The table answers while poison is in it. */
async function countRows(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  for (const table of ['openx', 'hive', 'dynamic']) {
    const end = await athena(endpoint, `SELECT count(*) FROM ${database}.${table}`, patienceMs);
    if (end !== 'SUCCEEDED') trial.wrong.push(`count of ${table}: ${end ?? 'no end'}`);
  }
}

/** Runs a statement, asks for its end after a time, and answers with its last state; 'REFUSED' where it did not start. */
async function athena(
  endpoint: PoisonedEndpoint,
  QueryString: string,
  stopAfterMs: number,
): Promise<string | undefined> {
  const started = await endpoint.call('AmazonAthena.StartQueryExecution', {
    QueryString,
    ResultConfiguration: { OutputLocation: 's3://results/' },
  });
  const QueryExecutionId = started.body.QueryExecutionId;
  if (started.status !== 200) return 'REFUSED';
  const startedAt = performance.now();
  let stopped = false;
  for (;;) {
    const { body } = await endpoint.call('AmazonAthena.GetQueryExecution', { QueryExecutionId });
    // As Athena shapes it.
    const execution = body.QueryExecution as
      { Status: { State: string; StateChangeReason?: string } } | undefined;
    const state = execution?.Status.State ?? 'UNKNOWN';
    if (state !== 'QUEUED' && state !== 'RUNNING') {
      return state === 'FAILED' ? `FAILED: ${execution?.Status.StateChangeReason ?? ''}` : state;
    }
    const waited = performance.now() - startedAt;
    if (waited > stopAfterMs && !stopped) {
      stopped = true;
      await endpoint.call('AmazonAthena.StopQueryExecution', { QueryExecutionId });
    }
    if (waited > stopAfterMs + patienceMs) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function addStream(trial: Trial, endpoint: PoisonedEndpoint): Promise<void> {
  const { chance } = trial;
  const name = `poison-${trial.next++}`;
  const isPattern = chance.next() < 0.7;
  const query = isPattern ? hostilePartitionQuery(chance) : '{p:.p}';
  const prefix = isPattern ? `q/${name}/!{partitionKeyFromQuery:p}/` : hostilePrefix(chance);
  trial.cases++;
  const status = await createHostileStream(endpoint, name, query, prefix);
  if (status === 200) trial.poisoned.push(name);
  else if (status !== 400) trial.wrong.push(`${status} for a stream with ${query.slice(0, 200)}, ${prefix}`);
}
