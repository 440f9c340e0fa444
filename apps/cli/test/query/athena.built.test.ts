import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { queryNames } from '../../src/query/named-queries.js';
import { ended, start, startEndpoint } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';
import { eventWith } from './pretend-lake.js';

describe('the named queries', () => {
  test('give the same rows through Athena and from the files', async () => {
    const cwd = await temporaryFolder();
    const { endpoint, stop } = await startEndpoint(cwd);
    const env = { AWS_ENDPOINT_URL: endpoint };
    const world = ['--stores', '5', '--products', '60', '--days', '3'];
    const sent = await ended(start(['stream', ...world, '--json'], cwd, env));
    expect(sent).toMatchObject({ code: 0 });
    // A world's clocks are right; one till here was set back between two sales.
    const late = [{ sequence: 1 }, { sequence: 2, event_time: '2026-01-05T08:25:00.120Z' }].map(eventWith);
    await writeFile(join(cwd, 'late.ndjson'), late.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const more = await runStore(['ingest', 'late.ndjson', '--json'], { cwd, env });
    expect(more).toMatchObject({ code: 0 });

    const ask = async (name: string, format: string, from: 'athena' | 'files'): Promise<string> => {
      const data = ['--data', join(cwd, 'endpoint')];
      const args = ['query', '--named', name, '--format', format, ...data];
      const { code, stdout, stderr } = await runStore(args, { cwd, env: from === 'athena' ? env : {} });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      return stdout;
    };
    const formatsOf = (name: string): string[] => (name === 'trucks' ? ['json', 'csv', 'table'] : ['json']);
    const athena = new Map<string, string>();
    for (const name of queryNames) {
      for (const format of formatsOf(name))
        athena.set(`${name} ${format}`, await ask(name, format, 'athena'));
    }
    const shown = await runStore(['query', 'show tables', '--json'], { cwd, env });
    expect(JSON.parse(shown.stdout)).toEqual([{ tab_name: 'inventory_events' }]);
    const written = await runStore(['query', '--named', 'trucks', '-o', 'trucks.parquet', '--json'], {
      cwd,
      env,
    });
    expect(JSON.parse(written.stdout)).toMatchObject({ rows: 5 });
    expect((await readFile(join(cwd, 'trucks.parquet'))).subarray(0, 4).toString()).toBe('PAR1');
    // What was acknowledged becomes Parquet at the latest now; a stop alone leaves the rest to the next start.
    expect((await fetch(`${endpoint}/_emulator/flush`, { method: 'POST' })).ok).toBe(true);
    await stop();
    for (const name of queryNames) {
      expect(JSON.parse(athena.get(`${name} json`) ?? ''), `${name} has rows`).not.toEqual([]);
      for (const format of formatsOf(name))
        expect(await ask(name, format, 'files'), `${name} as ${format}`).toBe(
          athena.get(`${name} ${format}`),
        );
    }
  });
});
