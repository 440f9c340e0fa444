import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, loggedBytes, start, startEndpoint } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

interface Summary {
  readonly records: number;
  readonly delivered: number;
  readonly skipped: number;
  readonly mayRepeat: boolean;
  /** Events whose call was answered too late for the producer: at most so many are there twice. */
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

/** A folder with an endpoint of its own, slow for now, and events to send to it. */
async function prepared(files: readonly string[], days: number): Promise<Prepared> {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'events'));
  for (const [index, name] of files.entries()) {
    const world = [
      '--stores',
      '20',
      '--products',
      '200',
      '--days',
      String(days),
      '--seed',
      String(index + 1),
    ];
    await ended(start(['generate', ...world, '--output', join('events', name)], cwd));
  }
  const { endpoint, stop } = await startEndpoint(cwd);
  const env = { AWS_ENDPOINT_URL: endpoint };
  await setFaults(endpoint, slowCalls);
  const json = async <T>(args: readonly string[]): Promise<T> => {
    const { code, stdout, stderr } = await ended(start([...args, '--json'], cwd, env));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    // The command wrote it as JSON.
    return JSON.parse(stdout) as T;
  };
  return {
    cwd,
    env,
    stop,
    ingest: async (source) => {
      await setFaults(endpoint, {});
      return json<Summary>(['ingest', source]);
    },
    rows: async () => {
      const sql = 'SELECT count(*) AS n, count(DISTINCT event_id) AS ids FROM inventory_events';
      const rows = await json<{ n: number; ids: number }[]>(['query', sql]);
      return rows[0] ?? { n: 0, ids: 0 };
    },
  };
}

interface Prepared {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
  readonly ingest: (source: string) => Promise<Summary>;
  readonly rows: () => Promise<{ n: number; ids: number }>;
}

describe('an ingest that was stopped goes on where it was', () => {
  test('after Ctrl-C no event is sent twice', async () => {
    const { cwd, env, stop, ingest, rows } = await prepared(['a.ndjson'], 5);
    const first = start(['ingest', 'events', '--json'], cwd, env);
    const over = ended(first);
    await expect.poll(() => loggedBytes(cwd), { interval: 5 }).toBeGreaterThan(0);
    first.kill('SIGINT');
    const before = stopped(await over);
    const { records, skipped, mayRepeat, ambiguous } = await ingest('events');
    expect(skipped).toBeGreaterThan(0);
    expect(mayRepeat).toBe(false);
    const { n, ids } = await rows();
    expect(ids).toBe(records);
    expect(n - ids).toBeLessThanOrEqual(before.ambiguous + ambiguous);
    await stop();
  });

  test('after a kill -9 none is missing, and what was under way has the same ids', async () => {
    const { cwd, env, stop, ingest, rows } = await prepared(['a.ndjson'], 5);
    const first = start(['ingest', 'events'], cwd, env);
    const over = ended(first);
    await expect.poll(() => loggedBytes(cwd), { interval: 5 }).toBeGreaterThan(2_000_000);
    first.kill('SIGKILL');
    await over;
    const { n: before } = await rows();
    const { records, delivered, skipped } = await ingest('events');
    const after = await rows();
    expect(after.ids).toBe(records);
    expect(after.n).toBe(before + delivered);
    expect(skipped + delivered).toBe(records);
    await stop();
  });

  test('a folder goes on at the file where it was stopped', async () => {
    const { cwd, env, stop, ingest, rows } = await prepared(['a.ndjson', 'b.ndjson', 'c.ndjson'], 3);
    const first = start(['ingest', 'events', '--json'], cwd, env);
    const over = ended(first);
    await expect.poll(() => loggedBytes(cwd), { interval: 5 }).toBeGreaterThan(6_000_000);
    first.kill('SIGINT');
    const before = stopped(await over);
    const { records, ambiguous } = await ingest('events');
    const { n, ids } = await rows();
    expect(ids).toBe(records);
    expect(n - ids).toBeLessThanOrEqual(before.ambiguous + ambiguous);
    await stop();
  });
});
