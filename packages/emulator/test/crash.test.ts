import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startEmulator } from '../src/index.js';
import { seededChance } from '../src/faults/fault-injector.js';
import { startedEmulator, temporaryFolder } from './clients.js';
import { judge, prepare, runUntilKilled, whileItLives, type Ledger } from './crash/crash-trial.js';
import { putUntilDead } from './crash/tables-until-killed.js';
import { requestTable } from './dynamodb/requests-table.js';

// Four points with a fresh seed; bench/campaign-kill.ts takes three hundred.
const seed = Math.floor(Math.random() * 2 ** 32);

test(`kill -9 at any point loses and doubles nothing (seed ${seed})`, async () => {
  const chance = seededChance(seed);
  const dataDir = await temporaryFolder();
  await prepare(dataDir);
  const ledger: Ledger = { next: 0, acknowledged: new Set() };
  for (let trial = 0; trial < 4; trial += 1) {
    await runUntilKilled(dataDir, { step: 1 + Math.floor(chance() * 300) }, ledger);
    if (trial % 2 === 0) continue;
    expect(await judge(dataDir, ledger)).toEqual({ lost: [], doubled: [], unreadable: [] });
  }
});

test(`kill -9 keeps every item whose put was answered (seed ${seed})`, async () => {
  const chance = seededChance(seed + 1);
  const dataDir = await temporaryFolder();
  const client = (endpoint: string): DynamoDB =>
    new DynamoDB({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const first = await startEmulator({ dataDir });
  await client(first.endpoint).createTable(requestTable('requests'));
  await first.close();
  const answered = new Set<string>();
  for (let trial = 0; trial < 2; trial += 1) {
    const point = { step: 60 + Math.floor(chance() * 200) };
    await whileItLives(dataDir, point, async (_child, endpoint) => putUntilDead(endpoint, answered, trial));
  }
  const { endpoint } = await startedEmulator({ dataDir });
  const dynamodb = client(endpoint);
  const lost: string[] = [];
  for (const id of answered) {
    const { Item } = await dynamodb.getItem({ TableName: 'requests', Key: { request_id: { S: id } } });
    if (Item === undefined) lost.push(id);
  }
  expect(lost).toEqual([]);
});
