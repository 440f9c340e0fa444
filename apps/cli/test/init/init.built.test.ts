import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { npmPath } from '../../../../scripts/programs.mjs';
import { ended, start, startEndpoint } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

const run = promisify(execFile);

test('a new project installs, compiles, makes events, and sends them to the endpoint', async () => {
  const cwd = await temporaryFolder();
  const { code, stdout, stderr } = await ended(
    start(['init', 'my-stores'], cwd, { HOME: process.env.HOME ?? cwd }),
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Next: cd my-stores && npm install && npm start');
  const project = join(cwd, 'my-stores');
  const npm = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> =>
    (await run(process.execPath, [npmPath(), ...args], { cwd: project, env: { ...process.env, ...env } }))
      .stdout;
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline']);
  expect(await npm(['run', 'check', '--silent'])).toBe('');
  expect(await npm(['start', '--silent'])).toMatch(/^\d+ events, \d+ of them tell of low stock\n$/);

  const { endpoint, stop } = await startEndpoint(cwd);
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    STREAM_NAME: 'inventory-events',
  };
  const sent = await npm(['start', '--silent'], env);
  const [, delivered = ''] = /^(\d+) events delivered to inventory-events\n/.exec(sent) ?? [];
  const sql = 'SELECT count(*) AS n FROM inventory_events';
  const { stdout: rows } = await ended(start(['query', sql, '--format', 'csv'], cwd, env));
  expect(rows).toBe(`n\n${delivered}\n`);
  await stop();
});
