import { serialize } from 'node:v8';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { readStatement } from './athena/read-statement.js';
import type { Reading } from './query/reading.js';
import { duckDbApi } from './lake/duckdb-api.js';
import { scannedBytes } from './lake/scanned-bytes.js';
import { sqlName, sqlText } from './lake/sql-quoting.js';
import { orderedValue, plainValue } from './lake/sql-value.js';
import { checkStreamEnd } from './query/check-stream-end.js';
import { PreparedEngine } from './query/prepare-engine.js';
import { QueryLimitError, QueryRefused } from './query/query-error.js';
import { queryLimits } from './query/query-limits.js';
import {
  viewKey,
  type FromProcess,
  type ProcessSetup,
  type QueryJob,
  type ToProcess,
} from './query/query-protocol.js';
import { checkReads, splitExplain } from './query/read-only.js';
import { Talk, tell } from './query/talk.js';
import { startWatchdog } from './query/watchdog.js';

/** Rows of one message take about this much: the endpoint reads one in a few milliseconds. */
const MESSAGE_BYTES = 512 * 1024;

/**
 * The process that runs queries, one after the other, each on a connection of its own: it can be killed
 * silently, and nothing but its query is lost. This file is an entry of its own in every build that contains the endpoint.
 */
serveQueries();

function serveQueries(): void {
  let engine: Promise<Engine> | undefined;
  let talk: Talk | undefined;
  // Nobody is left to hear an answer; DuckDB's threads would hold up an orderly exit.
  const leave = (): void => void process.kill(process.pid, 'SIGKILL');
  process.on('disconnect', leave);
  // Who started it may have gone while this program was read.
  if (!process.connected) leave();
  // Ctrl-C and the closing of a terminal reach every process of it; the parent decides what they mean for its queries.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('message', (message) => {
    // The parse boundary: only our own code has the other end of this channel.
    const request = message as ToProcess;
    if (request.kind === 'open') {
      startWatchdog(request.setup.residentBytes);
      engine = openEngine(request.setup);
      // Told with the job that waits for it.
      engine.catch(() => undefined);
    } else if (request.kind !== 'run' && request.kind !== 'read') talk?.hear(request);
    else if (engine !== undefined) {
      const begun = new Talk();
      talk = begun;
      void answer(engine, async (opened, connection) =>
        request.kind === 'run'
          ? run(opened, connection, request.job, begun)
          : read(connection, request.reading, begun),
      );
    }
  });
}

interface Engine {
  readonly instance: DuckDBInstance;
  readonly setup: ProcessSetup;
  readonly prepared: PreparedEngine;
  /** Text of each view that is there, by `schema.name`. */
  readonly views: Map<string, string>;
}

async function openEngine(setup: ProcessSetup): Promise<Engine> {
  const instance = await duckDbApi().DuckDBInstance.create(':memory:', {
    threads: String(setup.threads),
    memory_limit: `${Math.round(setup.memoryBytes / 1024 / 1024)}MiB`,
    temp_directory: setup.temporaryFolder,
    max_temp_directory_size: `${Math.round(setup.spillBytes / 1024 / 1024)}MiB`,
    // Rows may leave in any order, as from Firehose; keeping the order costs memory.
    preserve_insertion_order: 'false',
    allocator_background_threads: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const folders = setup.folders.map((folder) => sqlText(folder.endsWith('/') ? folder : `${folder}/`));
  await connection.run(`SET allowed_directories = [${folders.join(', ')}]`);
  // DuckDB takes neither of the two back while it runs.
  await connection.run('SET enable_external_access = false');
  connection.closeSync();
  return { instance, setup, prepared: new PreparedEngine(setup), views: new Map() };
}

type Work = (engine: Engine, connection: DuckDBConnection) => Promise<number>;

async function answer(opening: Promise<Engine>, work: Work): Promise<void> {
  try {
    const engine = await opening;
    tell({ kind: 'begun' });
    const connection = await engine.instance.connect();
    let rows: number;
    try {
      rows = await work(engine, connection);
    } finally {
      connection.closeSync();
    }
    tell({ kind: 'done', rows });
  } catch (error) {
    tell(failureOf(error, (await opening.catch(() => undefined))?.setup));
  }
}

/** Reads a statement of Athena's, which needs DuckDB's parser alone. */
async function read(connection: DuckDBConnection, reading: Reading, talk: Talk): Promise<number> {
  const ask = async (sql: string): Promise<string> =>
    String((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? '');
  tell({ kind: 'read', outcome: await readStatement(reading, ask, (names) => talk.lookUp(names)) });
  return 0;
}

async function run(engine: Engine, connection: DuckDBConnection, job: QueryJob, talk: Talk): Promise<number> {
  await prepare(engine, connection, job);
  const sql = job.trusted ? job.sql : await checked(connection, job);
  const scanned = job.scan === undefined ? 0 : await scannedBytes(connection, sql, job.scan.tables);
  if (job.scan !== undefined && scanned > job.scan.mostBytes) {
    throw new QueryLimitError('scannedBytes', job.scan.mostBytes);
  }
  if (job.copyTo !== undefined) {
    const reader = await connection.runAndReadAll(
      `COPY (${sql}\n) TO ${sqlText(job.copyTo.path)} (${job.copyTo.options})`,
    );
    return Number(reader.getRows()[0]?.[0] ?? 0);
  }
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns = result
    .deduplicatedColumnNames()
    .map((name, index) => ({ name, type: String(types[index] ?? '') }));
  tell({ kind: 'columns', columns, scannedBytes: scanned });
  return sendRows({ result, sql }, connection, job, talk);
}

async function sendRows(
  { result, sql }: { readonly result: DuckDBResult; readonly sql: string },
  connection: DuckDBConnection,
  job: QueryJob,
  talk: Talk,
): Promise<number> {
  const most = Math.min(job.firstRows, job.maxRows);
  let sent = 0;
  let bytes = 0;
  for (let chunk = await nextChunk(result); chunk !== undefined; chunk = await nextChunk(result)) {
    const rows = rowsOf(chunk, job.values);
    const room = most - sent;
    for (const piece of pieces(rows.slice(0, room))) {
      bytes += piece.length;
      if (bytes > job.maxResultBytes) throw new QueryLimitError('maxResultBytes', job.maxResultBytes);
      await talk.send(piece);
    }
    sent += Math.min(room, rows.length);
    if (rows.length > room && job.maxRows < job.firstRows) throw new QueryLimitError('maxRows', job.maxRows);
    if (sent >= job.firstRows) {
      // The rest is not made.
      connection.interrupt();
      return sent;
    }
  }
  await checkStreamEnd(result, connection, sql);
  return sent;
}

async function nextChunk(result: DuckDBResult): Promise<DuckDBDataChunk | undefined> {
  const chunk = await result.fetchChunk();
  return chunk === null || chunk.rowCount === 0 ? undefined : chunk;
}

function rowsOf(chunk: DuckDBDataChunk, values: QueryJob['values']): readonly (readonly unknown[])[] {
  if (values === 'json') return chunk.convertRows(duckDbApi().JsonDuckDBValueConverter);
  const read = values === 'ordered' ? orderedValue : plainValue;
  return chunk.getRows().map((row) => row.map(read));
}

/** Rows in messages of modest size; one row alone may be as large as a row may be. */
function* pieces(rows: readonly (readonly unknown[])[]): Generator<Uint8Array> {
  if (rows.length === 0) return;
  const bytes = serialize(rows);
  if (bytes.length <= MESSAGE_BYTES || rows.length === 1) {
    if (rows.length === 1 && bytes.length > queryLimits.rowBytes) {
      throw new QueryLimitError('rowBytes', queryLimits.rowBytes);
    }
    yield bytes;
    return;
  }
  const half = rows.length >> 1;
  yield* pieces(rows.slice(0, half));
  yield* pieces(rows.slice(half));
}

/** Brings the views that the statement names up to date, and sets up the connection as every other. */
async function prepare(engine: Engine, connection: DuckDBConnection, job: QueryJob): Promise<void> {
  const { views, prepared } = engine;
  const known = new Set(job.known);
  for (const key of views.keys()) {
    if (known.has(key)) continue;
    const [schema = '', name = ''] = key.split('\0');
    await connection.run(`DROP VIEW IF EXISTS ${sqlName(schema)}.${sqlName(name)}`);
    views.delete(key);
  }
  const statements = [job.sql, ...job.views.map(({ select }) => select)];
  await prepared.prepare(async (sql) => connection.run(sql), statements);
  for (const { schema, name, select } of job.views) {
    const key = viewKey(schema, name);
    if (views.get(key) === select) continue;
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${sqlName(schema)}`);
    await connection.run(`CREATE OR REPLACE VIEW ${sqlName(schema)}.${sqlName(name)} AS ${select}`);
    views.set(key, select);
  }
  for (const schema of job.search) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${sqlName(schema)}`);
  const path = [...job.search, 'main'].map((name) => `memory.${sqlName(name)}`).join(',');
  await connection.run(`SET search_path = ${sqlText(path)}`);
}

/** The statement, after DuckDB's parser has shown that it only reads. */
async function checked(connection: DuckDBConnection, job: QueryJob): Promise<string> {
  const statement = splitExplain(job.sql);
  const { explain, select } = statement;
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${sqlText(select)})`);
  const tree: unknown = JSON.parse(String(reader.getRows()[0]?.[0] ?? 'null'));
  checkReads(tree, new Set(job.views.map(({ name }) => name.toLowerCase())), statement);
  return `${explain}${select}`;
}

function failureOf(error: unknown, setup: ProcessSetup | undefined): FromProcess {
  if (error instanceof QueryLimitError) return { kind: 'limit', limit: error.limit, most: error.most };
  const message = error instanceof Error ? error.message : String(error);
  if (setup !== undefined && message.startsWith('Out of Memory Error')) {
    return message.includes('max_temp_directory_size')
      ? { kind: 'limit', limit: 'maxSpillBytes', most: setup.spillBytes }
      : { kind: 'limit', limit: 'duckDbMemoryBytes', most: setup.memoryBytes };
  }
  return { kind: error instanceof QueryRefused ? 'refused' : 'failed', message };
}
