import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, loggedBytes, start, startEndpoint } from '../built-command.js';
import { eventWith } from '../query/pretend-lake.js';

interface Summary {
  readonly records: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly mayRepeat: boolean;
  /** Events whose call was answered too late for the producer: at most this many are there twice. */
  readonly ambiguous: number;
}

/** What a run that was stopped in order printed. */
function stopped({ code, stdout }: { readonly code: number | null; readonly stdout: string }): Summary {
  expect(code).toBe(130);
  // The command wrote it as JSON.
  return JSON.parse(stdout) as Summary;
}

/** Each call takes this long, so that a run is under way for seconds, however late a busy machine looks at it. */
const slowCalls = { latencyMs: 3000 };

async function setFaults(endpoint: string, faults: object): Promise<void> {
  const { status } = await fetch(`${endpoint}/_emulator/faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
  });
  expect(status).toBe(200);
}

let cwd: string;
let endpoint: string;
let stop: () => Promise<void>;

/** One endpoint serves all: each test has sources of its own, and counts what they added. */
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'store-resume-'));
  ({ endpoint, stop } = await startEndpoint(cwd));
});
afterAll(async () => {
  await stop();
  await rm(cwd, { recursive: true, force: true });
});

/** Bytes of one event: few are long, since it is bytes that are under way for long, and events that cost. */
const eventBytes = 2000;

/** Writes events that nothing makes smaller; each source has ids of its own. */
async function source(path: string, events: number): Promise<void> {
  const lines = Array.from({ length: events }, (_, sequence) => {
    const product_name = randomBytes((eventBytes - 400) / 2).toString('hex');
    return `${JSON.stringify(eventWith({ event_id: `${path}-${sequence}`, sequence, product_name }))}\n`;
  });
  await mkdir(join(cwd, dirname(path)), { recursive: true });
  await writeFile(join(cwd, path), lines.join(''));
}

const env = (): Readonly<Record<string, string>> => ({ AWS_ENDPOINT_URL: endpoint });

async function json<T>(args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await ended(start([...args, '--json'], cwd, env()));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  // The command wrote it as JSON.
  return JSON.parse(stdout) as T;
}

/** Starts an ingest at slow calls, and stops it once this many bytes of it are on disk at the endpoint. */
async function interrupted(
  what: string,
  bytes: number,
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  await setFaults(endpoint, slowCalls);
  const before = await loggedBytes(cwd);
  const child = start(['ingest', what, '--json'], cwd, env());
  const over = ended(child);
  await expect.poll(() => loggedBytes(cwd), { interval: 20 }).toBeGreaterThan(before + bytes);
  child.kill(signal);
  const outcome = await over;
  await setFaults(endpoint, {});
  return outcome;
}

/** Rows and different ids that the sources in a folder have in the lake. */
async function rowsOf(folder: string): Promise<{ readonly n: number; readonly ids: number }> {
  const sql = `SELECT count(*) AS n, count(DISTINCT event_id) AS ids FROM inventory_events WHERE event_id LIKE '${folder}/%'`;
  const [row] = await json<{ n: number; ids: number }[]>(['query', sql]);
  return row ?? { n: 0, ids: 0 };
}

describe('an ingest that was stopped continues where it was', () => {
  test('after Ctrl-C no event is sent twice', async () => {
    await source('first/a.ndjson', 9000);
    const before = stopped(await interrupted('first', 0, 'SIGINT'));
    const { records, skipped, mayRepeat, ambiguous } = await json<Summary>(['ingest', 'first']);
    expect(skipped).toBeGreaterThan(0);
    expect(mayRepeat).toBe(false);
    const { n, ids } = await rowsOf('first');
    expect([ids, records]).toEqual([9000, 9000]);
    expect(n - ids).toBeLessThanOrEqual(before.ambiguous + ambiguous);
  });

  test('after a kill -9 none is missing, and what was under way has the same ids', async () => {
    await source('second/a.ndjson', 9000);
    await interrupted('second', 2_000_000, 'SIGKILL');
    const before = await rowsOf('second');
    const { records, delivered, skipped, ambiguous } = await json<Summary>(['ingest', 'second']);
    const after = await rowsOf('second');
    expect(after.ids).toBe(records);
    expect(skipped + delivered).toBe(records);
    // Calls that the killed run had under way may have been written after the first look at the lake.
    expect(after.n).toBeGreaterThanOrEqual(before.n + delivered);
    const twice = before.n - before.ids;
    expect(after.n).toBeLessThanOrEqual(records + twice + delivered + ambiguous);
  });

  test('a folder continues at the file where it was stopped', async () => {
    for (const name of ['a', 'b', 'c']) await source(`third/${name}.ndjson`, 4000);
    const before = stopped(await interrupted('third', 9_000_000, 'SIGINT'));
    const { records, ambiguous } = await json<Summary>(['ingest', 'third']);
    const { n, ids } = await rowsOf('third');
    expect([ids, records]).toEqual([12_000, 12_000]);
    expect(n - ids).toBeLessThanOrEqual(before.ambiguous + ambiguous);
  });
});
