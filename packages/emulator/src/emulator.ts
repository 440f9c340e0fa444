import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DurableError, lockFolder, type FolderLock } from '@store/durable';
import { deliveryLimits } from './delivery/delivery-limits.js';
import type { UndeliveredRecords } from './delivery/undelivered.js';
import {
  checkOptions,
  listOf,
  nested,
  required,
  satisfying,
  systemClock,
  text,
  wholeNumber,
  type Clock,
  type OptionRules,
} from '@store/foundation';
import { emptyDataFolder, finishEmptying, removeEmptied, requireOwnFolder } from './empty-data-folder.js';
import { createEngines } from './engines.js';
import { advised, EmulatorError } from './errors.js';
import type { SqlEngine } from './lake/query-engine.js';
import type { ResultSink } from './query/query-child.js';
import type { QueryView } from './query/query-protocol.js';
import { queryError } from './query/query-error.js';
import { FaultInjector } from './faults/fault-injector.js';
import { readFaultPlan } from './faults/fault-plan.js';
import { settingsFrom, type EmulatorOptions, type EmulatorSettings } from './options.js';
import { RunningServices } from './running-services.js';
import { openServices } from './services.js';
import { answerAdmin } from './wire/admin.js';
import { BufferPool } from './wire/buffer-pool.js';
import { listen, stopListening } from './wire/listen.js';
import { createHttpServer } from './wire/server.js';

/** How long a flush may take. */
export interface FlushOptions {
  /**
   * Milliseconds after which it ends in any case.
   * @defaultValue 600000, which is the most
   */
  readonly deadlineMs?: number;
}

/** How one statement of {@link Emulator.query} or {@link Emulator.stream} runs. */
export interface QueryRunOptions {
  /**
   * Rows after which the rest is left alone; only these are fetched.
   * @defaultValue all
   */
  readonly firstRows?: number;
  /**
   * Ends the query.
   * @defaultValue none
   */
  readonly signal?: AbortSignal;
  /**
   * Views that this statement alone sees, those first that others read. A bare name means such a view before any table or
   * view of the catalog that has the name, in whichever database; `database.name` means one of that `schema`, or else what
   * the database has.
   * @defaultValue none
   */
  readonly views?: readonly QueryView[];
}

/** A running endpoint. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  /** Folder of the lake: one folder for each bucket. */
  readonly lakeDir: string;
  /**
   * Delivers everything that is buffered; resolves when it is in the lake, or cannot for the time being: then with
   * what is left of each delivery stream, and why. It ends when nothing was delivered for a minute, and after
   * `deadlineMs`, of ten minutes at most, in any case.
   */
  flush(options?: FlushOptions): Promise<readonly UndeliveredRecords[]>;
  /**
   * Runs SQL over the lake and every acknowledged record that is not in it yet: DuckDB's dialect, but `5 / 2` is 2
   * and times are UTC, as on Athena, whose engine this shares. Tables go by `database.table`, or by their name alone
   * where that is clear. It only reads: SELECT, and EXPLAIN of one. It runs in a process of its own, within
   * {@link EmulatorOptions.queries}.
   */
  query(sql: string, options?: QueryRunOptions): Promise<readonly Record<string, unknown>[]>;
  /**
   * Runs SQL as {@link Emulator.query} does, and hands columns and rows over as they come: a result without rows has
   * columns too, and a large one takes no memory here.
   */
  stream(sql: string, sink: ResultSink, options?: QueryRunOptions): Promise<void>;
  /**
   * Makes everything empty: no stream, table, query, queue or object is left, and the fault plan is the one of the start.
   * Calls that come meanwhile wait, and those under way get an answer first. A crash at any time leaves the folder as it
   * was, or empty.
   */
  reset(): Promise<void>;
  /**
   * Stops, within some ten seconds. Nothing is lost: resolves with what is buffered of each delivery stream, and goes out
   * after the next start.
   */
  close(): Promise<readonly UndeliveredRecords[]>;
}

/**
 * Starts the endpoint on a folder, continuing where it was left, however it was left; resolves once it
 * answers.
 *
 * @example
 * ```ts
 * import { startEmulator } from '@store/emulator';
 *
 * await using emulator = await startEmulator({ dataDir: './lake' });
 * process.env.AWS_ENDPOINT_URL = emulator.endpoint;
 * console.log(await emulator.query('SELECT 40 + 2 AS answer')); // [ { answer: 42 } ]
 * ```
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const settings = settingsFrom(options);
  const faultPlan = await readFaultPlan(settings.faults);
  const state = join(resolve(settings.dataDir), 'state');
  if (settings.reset) requireOwnFolder(resolve(settings.dataDir));
  const lock = takeFolder(state);
  // Undone in reverse, whether the start fails half-way or the endpoint is closed.
  const undo: (() => Promise<void>)[] = [
    async () => {
      lock.release();
    },
  ];
  try {
    return await start(settings, state, faultPlan, undo);
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

const viewRules: OptionRules<QueryView> = {
  schema: required(text()),
  name: required(text()),
  select: required(text()),
};
const queryRunRules: OptionRules<QueryRunOptions> = {
  firstRows: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  signal: satisfying('an AbortSignal', (value) => value instanceof AbortSignal),
  views: listOf(nested(viewRules)),
};

/** Makes the folder, and keeps two endpoints from writing into it. */
function takeFolder(state: string): FolderLock {
  try {
    return lockFolder(state);
  } catch (cause) {
    if (!(cause instanceof DurableError && cause.code === 'FOLDER_IN_USE')) throw unusable(state, cause);
    const owner = cause.holder ?? 'another process';
    throw advised(
      'DATA_DIR_IN_USE',
      `The folder ${state} is served by ${owner}.`,
      'Stop it, or choose another `dataDir`.',
      { path: state, cause },
    );
  }
}

/** The folder can hold no endpoint: it cannot be made, written or held by one owner. */
function unusable(state: string, cause: unknown): EmulatorError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return advised(
    'FOLDER_UNUSABLE',
    `The folder ${state} cannot be used: ${said.replace(/\.$/, '')}.`,
    'Choose a `dataDir` on a local disk that this process may write.',
    { path: state, cause },
  );
}

async function start(
  settings: EmulatorSettings,
  state: string,
  faultPlan: FaultInjector['plan'],
  undo: (() => Promise<void>)[],
): Promise<Emulator> {
  const ownClock = settings.clock ?? systemClock;
  const faults = new FaultInjector(settings.seed, ownClock);
  faults.plan = faultPlan;
  const clock = skewed(ownClock, faults);

  const dataDir = resolve(settings.dataDir);
  if (settings.reset) await emptyDataFolder(dataDir);
  else await finishEmptying(dataDir);
  // Only at the start: a reset removes files while requests are answered again.
  await removeEmptied(dataDir);
  const lakeDir = join(dataDir, 's3');
  const memory = new BufferPool();
  const engines = createEngines(settings, state, lakeDir);
  undo.push(() => engines.close());
  const running = await RunningServices.open({
    dataDir,
    open: async () => {
      await finishEmptying(dataDir);
      // Objects that a crash left unfinished are made again.
      await rm(join(state, 'drafts'), { recursive: true, force: true });
      await mkdir(join(state, 'drafts'));
      return openServices({ settings, state, lakeDir, clock, faults, memory, engines });
    },
    onReset: () => {
      faults.plan = faultPlan;
    },
    onTrouble: settings.onTrouble ?? (() => undefined),
  });
  undo.push(() => running.close());

  const version = packageVersion();
  let endpoint = '';
  const server = createHttpServer({
    running,
    onTrouble: settings.onTrouble ?? (() => undefined),
    faults,
    memory,
    clock,
    region: settings.region,
    accountId: settings.accountId,
    allowedHosts: new Set([settings.host, ...(settings.allowedHosts ?? [])]),
    secret: settings.secretAccessKey,
    admin: (path, method, body) => answerAdmin({ faults, running, version }, path, method, body),
    endpoint: () => endpoint,
  });
  const port = await listen(server, settings.port, settings.host);
  // An address of IPv6 is in brackets in a URL.
  endpoint = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  undo.push(async () => {
    running.abort();
    faults.close();
    await stopListening(server);
  });

  let closed: Promise<readonly UndeliveredRecords[]> | undefined;
  const close = (): Promise<readonly UndeliveredRecords[]> =>
    (closed ??= undoAll(undo).then(() => running.current.streams.leftAtClose));
  const open = (): void => {
    if (closed !== undefined)
      throw new EmulatorError('CLOSED', 'The endpoint is closed. Start it again first.');
  };
  const read = async <T>(options: QueryRunOptions, work: (engine: SqlEngine) => Promise<T>): Promise<T> => {
    open();
    checkOptions(options, queryRunRules, ({ message }) => new EmulatorError('INVALID_OPTION', message));
    return running
      .use(({ engine }) => work(engine))
      .catch((cause: unknown) => {
        throw queryError(cause);
      });
  };
  return {
    endpoint,
    lakeDir,
    async flush({ deadlineMs = deliveryLimits.flushMs } = {}) {
      open();
      return running.use(({ streams }) => streams.flush(deadlineMs));
    },
    async reset() {
      open();
      await running.reset();
    },
    async query(sql, options = {}) {
      const { columns, rows } = await read(options, (engine) => engine.run(sql, options));
      return rows.map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
    },
    async stream(sql, sink, options = {}) {
      await read(options, (engine) => engine.stream(sql, sink, options));
    },
    close,
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}

async function undoAll(undo: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = [];
  for (const step of [...undo].reverse()) {
    // One that fails leaves nothing open that another one closes, the folder's lock above all.
    await step().catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

function skewed(clock: Clock, faults: FaultInjector): Clock {
  return {
    now: () => clock.now(),
    wallNow: () => clock.wallNow() + (faults.plan.clockSkewMs ?? 0),
    schedule: (callback, delayMs, options) => clock.schedule(callback, delayMs, options),
  };
}

/** Version of the package that this file is built into; read rather than imported, since a release sets it last. */
function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
