import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bin, ended, loggedBytes, start, startEndpoint } from './built-command.js';
import { temporaryFolder } from './folder.js';
import { eventWith } from './query/pretend-lake.js';

describe('the built command', () => {
  test('demo in a pipe is quiet on standard error and prints one JSON document', async () => {
    const cwd = await temporaryFolder();
    const { code, stdout, stderr } = await ended(
      start(['demo', '--stores', '3', '--products', '20', '--json'], cwd),
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result.rowsInLake).toBe(result.eventsGenerated);
  });

  test('a file compressed by gzip is read', async () => {
    const cwd = await temporaryFolder();
    const lines = [1, 2, 3].map((sequence) =>
      JSON.stringify(eventWith({ event_id: `e-${sequence}`, sequence })),
    );
    await writeFile(join(cwd, 'till.ndjson.gz'), gzipSync(lines.join('\n')));
    const { code, stdout, stderr } = await ended(
      start(['ingest', 'till.ndjson.gz', '--dry-run', '--json'], cwd),
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ records: 3, rejected: 0 });
  });

  test('Ctrl-C in the middle: accepted events are delivered and counted, exit 130', async () => {
    const cwd = await temporaryFolder();
    const { endpoint, stop } = await startEndpoint(cwd);
    const child = start(
      ['stream', '--stores', '2', '--products', '10', '--days', '300', '--rate', '50'],
      cwd,
      {
        AWS_ENDPOINT_URL: endpoint,
        FORCE_COLOR: '0',
      },
    );
    const done = ended(child);
    // The log of the delivery stream grows once the first events are acknowledged.
    await expect.poll(async () => loggedBytes(cwd)).toBeGreaterThan(0);
    child.kill('SIGINT');
    const { code, stderr } = await done;
    expect(stderr).toMatch(/Stopped\. ([\d,]+) of \1 events were delivered\./);
    expect(code).toBe(130);
    await stop();
  });

  test('Ctrl-C while a heavy type is read ends it immediately', async () => {
    if (process.platform !== 'linux') return;
    const cwd = await temporaryFolder();
    // Walking it takes several seconds of processor.
    const digit = "type D = '0'|'1'|'2'|'3'|'4'|'5'|'6'|'7'|'8'|'9';\n";
    const heavy =
      'export type Heavy = { [K in `k${D}${D}${D}${D}`]?: { v: K; next?: Heavy; more?: Leaf<K> } };\n' +
      'interface Leaf<T> { v: T; a?: Leaf<[T, 1]>; b?: Leaf<{ x: T }>; c?: Leaf<T[]> }\n';
    await writeFile(join(cwd, 'heavy.ts'), digit + heavy);
    const child = start(['schema', 'emit', '--entry', 'heavy.ts', '--type', 'Heavy'], cwd);
    const done = ended(child);
    const signal = new Promise((resolve) => {
      child.once('close', (_, by) => {
        resolve(by);
      });
    });
    // Loading takes one second of processor.
    await expect.poll(() => cpuSeconds(child.pid ?? 0)).toBeGreaterThan(2);
    child.kill('SIGINT');
    // The system's own way, which a shell reports as 130.
    expect(await signal).toBe('SIGINT');
    expect((await done).stdout).toBe('');
  });

  test('a reader that goes away ends it quietly', async () => {
    const child = start(['generate', '--stores', '200'], await temporaryFolder());
    child.stdout.once('data', () => {
      child.stdout.destroy();
    });
    const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect(await text(child.stderr).catch(() => '')).toBe('');
    expect(exit).toBe(0);
  });

  test('a full disk is said, with exit code 1', async () => {
    if (!existsSync('/dev/full')) return;
    const { code, stderr } = await ended(start(['generate', '-o', '/dev/full'], await temporaryFolder()));
    expect(stderr).toContain('No space left on the disk /dev/full.');
    expect(code).toBe(1);
  });

  test.each([
    ['generate', '--max-events', '5'],
    ['generate', '--stores', '20', '--products', '200'],
    ['generate', '--format', 'csv', '--max-events', '5'],
    ['estimate', '--json'],
    ['world', 'show', 'world.json'],
    ['map', 'show', 'inventory'],
    ['schema', 'json-schema', '--entry', 'order.ts', '--type', 'Order'],
    ['restock'],
    ['--help'],
    ['demo', '--help'],
    ['--version'],
    ['completion', 'bash'],
  ])('standard output on a full device is said in one line, with exit code 1: %s %s', async (...args) => {
    if (!existsSync('/dev/full')) return;
    const cwd = await temporaryFolder();
    await ended(start(['world', 'init'], cwd));
    await writeFile(join(cwd, 'order.ts'), 'export interface Order { id: string }\n');
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
    if (child.stderr === null) throw new Error('A pipe was asked for.');
    const said = await text(child.stderr);
    const message = 'Cannot write to standard output: no space left on device.';
    const error = `${JSON.stringify({ error: { code: 'CANNOT_WRITE', message } })}\n`;
    expect(said).toBe(args.includes('--json') ? error : `Error: ${message}\n`);
    expect(await exit).toBe(1);
  });

  test('colour is for terminals, and only unless NO_COLOR says otherwise', async () => {
    const cwd = await temporaryFolder();
    const forced = await ended(start(['doctor'], cwd, { FORCE_COLOR: '1' }));
    expect(forced.stdout).toContain('\u001b[');
    const plain = await ended(start(['doctor'], cwd, { FORCE_COLOR: '1', NO_COLOR: '1' }));
    expect(plain.stdout).not.toContain('\u001b[');
  });
});

/** Processor time of a process, from the kernel's hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
