import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { DuckDBInstance } from '@duckdb/node-api';
import { startEmulator } from '@store/emulator';
import { eventHourPartitioning } from '@store/schema';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createInventoryLake, inventoryTableInput } from '../../src/inventory/lake.js';
import { names } from '../../src/inventory/names.js';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

test('a world file is begun, shown, changed and read by the commands that make worlds', async () => {
  const cwd = await temporaryFolder();
  const run = async (...args: string[]): ReturnType<typeof runStore> => runStore(args, { cwd });
  expect(await run('world', 'init')).toMatchObject({ code: 0, stderr: '' });
  expect((await run('world', 'init')).stderr).toContain('world.json was not written: it is there already.');
  const shown = JSON.parse((await run('world', 'show', 'world.json', '--json')).stdout) as object;
  expect(shown).toMatchObject({
    stores: 2,
    products: 3,
    series: 5,
    timeZones: ['Europe/Berlin', 'Europe/Lisbon'],
  });
  expect((await run('world', 'check', 'world.json')).stdout).toBe(
    'world.json is right: 2 stores, 3 products.\n',
  );

  const { stdout } = await run('generate', '--world', 'world.json', '--days', '9');
  const [first = ''] = stdout.split('\n');
  expect(JSON.parse(first)).toMatchObject({ currency: 'EUR' });
  expect((await run('generate', '--world', 'world.json', '--days', '9', '-o', 'events.parquet')).code).toBe(
    0,
  );
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const sql = `select count(*)::int from '${join(cwd, 'events.parquet')}' where currency = 'EUR'`;
  const rows = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  instance.closeSync();
  expect(rows).toEqual([[stdout.trim().split('\n').length]]);
  const estimate = JSON.parse((await run('estimate', '--world', 'world.json', '--json')).stdout) as {
    events: number;
  };
  expect(estimate.events).toBeGreaterThan(0);

  const file = await readFile(join(cwd, 'world.json'), 'utf8');
  await writeFile(join(cwd, 'wrong.json'), file.replace('"figs"\n', '"figs", "oat"\n'));
  for (const command of [
    ['world', 'check', 'wrong.json'],
    ...['generate', 'stream', 'demo', 'up', 'estimate'].map((name) => [name, '--world', 'wrong.json']),
  ]) {
    const { code, stderr, stdout: out } = await run(...command);
    const of = command.slice(0, command.indexOf(command[0] === 'world' ? 'wrong.json' : '--world')).join(' ');
    expect([code, out, stderr]).toEqual([
      2,
      '',
      `Error: wrong.json: stores[0].assortment[2]: no product 'oat'. Did you mean 'oats'? See \`store ${of} --help\`.\n`,
    ]);
  }
  expect((await run('world', 'check', '.')).stderr).toContain('It is a folder; name the file in it');
  expect((await run('world', 'check', 'no/world.json')).stderr).toContain(
    'Look at the path, or write a file',
  );
  const stores = [{ store_id: 'a', timeZone: 'UTC', assortment: [], opens: { tue: ['00:00', '24:00'] } }];
  const products = [{ product_id: 'p', withdrawn: '2025-12-31' }];
  await writeFile(join(cwd, 'idle.json'), JSON.stringify({ worldFile: 1, stores, products }));
  const idle = await run('world', 'check', 'idle.json');
  expect([idle.code, idle.stderr.split('\n')]).toEqual([
    0,
    [
      'Warning: idle.json: stores: every assortment is empty, so that this world never has an event.',
      'Warning: idle.json: stores[0].opens.tue: sales are between 01:00 and 23:00 only.',
      'Warning: idle.json: products: every product is withdrawn before 2026-01-05, the start of a world without --start.',
      '',
    ],
  ]);
  const twice = await run('generate', '--world', 'world.json', '--stores', '3');
  expect(twice).toMatchObject({ code: 2 });
  expect(twice.stderr).toContain('the file has stores of its own');
});

test('a stream whose table lacks an extra column is sent nothing', async () => {
  const cwd = await temporaryFolder();
  await runStore(['world', 'init'], { cwd });
  await using emulator = await startEmulator({ dataDir: join(cwd, 'data') });
  const { endpoint } = emulator;
  const options = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const [firehose, glue] = [new FirehoseClient(options), new GlueClient(options)];
  const partitioning = eventHourPartitioning;
  const tableInput = inventoryTableInput(partitioning);
  await createInventoryLake({ firehose, glue, tableInput, partitioning });
  const send = async (): ReturnType<typeof runStore> =>
    runStore(['stream', '--world', 'world.json', '--json'], { cwd, env: { AWS_ENDPOINT_URL: endpoint } });
  const refused = await send();
  expect([refused.code, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toContain('has no column currency of the world file; what it lacks is lost.');
  const { StorageDescriptor } = tableInput;
  const Columns = [...(StorageDescriptor?.Columns ?? []), { Name: 'currency', Type: 'string' }];
  const TableInput = { ...tableInput, StorageDescriptor: { ...StorageDescriptor, Columns } };
  await glue.send(new UpdateTableCommand({ DatabaseName: names.database, TableInput }));
  expect(await send()).toMatchObject({ code: 0, stderr: '' });
  firehose.destroy();
  glue.destroy();
});

test('extra columns of a world file are in the lake', async () => {
  const cwd = await temporaryFolder();
  await runStore(['world', 'init'], { cwd });
  const demo = await runStore(['demo', '--world', 'world.json', '--days', '3', '--json'], { cwd });
  expect(demo.code).toBe(0);
  const { rowsInLake } = JSON.parse(demo.stdout) as { rowsInLake: number };
  const sql = "select count(*) as n from inventory_events where currency = 'EUR'";
  const { stdout } = await runStore(['query', sql, '--json'], { cwd });
  expect(stdout).toContain(String(rowsInLake));
});
