import { readdir } from 'node:fs/promises';
import { restockDefaults, type TruckLoad } from '@store/restock';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { eventWith, writeLake } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

interface Planned {
  readonly loads: readonly TruckLoad[];
  readonly waiting: readonly TruckLoad[];
}

test('flags of the trucks load several stores of a city, and let small loads wait', async () => {
  const folder = await temporaryFolder();
  const low = ['S1', 'S2', 'S3'].map((store_id) => eventWith({ store_id, sequence: 1, current_stock: 1 }));
  await writeLake(folder, low);
  const plan = async (...flags: readonly string[]): Promise<Planned> => {
    const args = ['restock', 'plan', '--data', folder, '--json', ...flags];
    const { code, stdout, stderr } = await runStore(args, { cwd: folder });
    expect(code, stderr).toBe(0);
    // The parse boundary: what the command prints.
    return JSON.parse(stdout) as Planned;
  };
  expect((await plan()).loads).toHaveLength(3);
  const shared = (await plan('--max-stops', '2')).loads;
  expect(shared.map(({ stops }) => stops.length)).toEqual([2, 1]);
  const [first] = shared;
  const few = await plan('--max-stops', '2', '--minimum-load', String(first?.units));
  expect([few.loads.length, few.waiting.length]).toEqual([1, 1]);
  for (const load of (await plan('--truck-capacity', '2')).loads) expect(load.units).toBeLessThanOrEqual(2);
});

test('help tells the defaults that the planner has', async () => {
  const { stdout } = await runStore(['restock', 'plan', '--help']);
  const { truckCapacity, maxStops, minimumLoad, packSize } = restockDefaults;
  for (const [flag, value] of Object.entries({
    'truck-capacity': truckCapacity,
    'max-stops': maxStops,
    'minimum-load': minimumLoad,
    'pack-size': packSize,
  }))
    expect(stdout).toMatch(new RegExp(`--${flag} [^(]*\\(default:\\s+${value}\\)`));
});

test('trucks without a queue make no ledger', async () => {
  const folder = await temporaryFolder();
  // Nobody listens there.
  const env = { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1' };
  const { code, stderr } = await runStore(['restock', 'trucks', '--data', 'lake'], { cwd: folder, env });
  expect(stderr).toContain('The endpoint does not answer.');
  expect(code).not.toBe(0);
  expect(await readdir(folder)).toEqual([]);
});
