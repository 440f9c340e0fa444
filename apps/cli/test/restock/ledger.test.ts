import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import { lockFolder } from '@store/durable';
import { startEmulator, type Emulator } from '@store/emulator';
import { createMemoryLedger } from '@store/restock';
import { createDynamoDbLedger, ledgerTable } from '@store/restock/dynamodb';
import { eventHourPartitioning } from '@store/schema';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../src/aws/client-options.js';
import { createTruckQueue } from '../../src/aws/truck-queue.js';
import { createInventoryLake, inventoryTableInput } from '../../src/inventory/lake.js';
import { names } from '../../src/inventory/names.js';
import { openJournalLedger } from '../../src/restock/journal-ledger.js';
import { runStore } from '../terminal.js';
import { ledgerContract, requestOf } from './ledger-contract.js';

let folder: string;
let emulator: Emulator;
let env: Record<string, string>;
let closing: (() => Promise<unknown>)[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  emulator = await startEmulator({ dataDir: join(folder, 'endpoint') });
  env = { AWS_ENDPOINT_URL: emulator.endpoint };
  closing = [];
});
afterAll(async () => {
  for (const close of closing) await close();
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a ledger in memory', () => {
  ledgerContract((options) => createMemoryLedger(options));
});

describe('a ledger in DynamoDB', () => {
  ledgerContract(async (options) => {
    const dynamodb = new DynamoDB(clientOptions('DYNAMODB', {}, emulator.endpoint));
    closing.push(() => {
      dynamodb.destroy();
      return Promise.resolve();
    });
    const tableName = `contract-${closing.length}`;
    await dynamodb.createTable(ledgerTable(tableName));
    return createDynamoDbLedger(dynamodb, { tableName, ...options });
  });
});

describe('a ledger in a lake’s folder', () => {
  ledgerContract((options) => {
    const { ledger, close } = openJournalLedger(join(folder, `lake-${closing.length}`), options);
    closing.push(close);
    return ledger;
  });

  test('is there again when it is opened again, for one process at a time', async () => {
    const at = join(folder, 'again');
    const first = openJournalLedger(at);
    await first.ledger.ask(requestOf(1));
    expect(() => openJournalLedger(at)).toThrow(expect.objectContaining({ code: 'FOLDER_IN_USE' }));
    await first.close();
    const second = openJournalLedger(at);
    expect(await second.ledger.ask(requestOf(1))).toBe('known');
    await second.close();
  });

  test('keeps what another process has begun to write, whoever wants it meanwhile', async () => {
    const at = join(folder, 'begun');
    const { ledger, close } = openJournalLedger(at);
    await ledger.ask(requestOf(1));
    await close();
    const lock = lockFolder(join(at, 'ledger'));
    const file = join(at, 'ledger', '000000001.log');
    await appendFile(file, 'the begin of an entry');
    const before = await readFile(file);
    expect(() => openJournalLedger(at)).toThrow(expect.objectContaining({ code: 'FOLDER_IN_USE' }));
    expect(await readFile(file)).toEqual(before);
    lock.release();
    const after = openJournalLedger(at);
    expect(await after.ledger.ask(requestOf(1))).toBe('known');
    await after.close();
  });

  test('is read while another process has it, and nothing in the folder changes', async () => {
    const at = join(folder, 'read');
    const { ledger, close } = openJournalLedger(at);
    await ledger.ask(requestOf(1));
    await ledger.take(requestOf(2));
    const before = await readdir(at, { recursive: true });
    const { code, stdout, stderr } = await runStore(['restock', 'status', '--data', at], { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('owed');
    expect(stdout).toContain('not told yet');
    expect(await readdir(at, { recursive: true })).toEqual(before);
    await close();
    const named = ['restock', 'deliver', 'S/1', '--data', 'read'];
    const unknown = await runStore(named, { cwd: folder });
    expect(unknown.stderr).toContain('`store restock status --all --data read` lists the requests.');
  });

  test.each([['status'], ['confirm', 'S/P/1'], ['deliver', 'S/P/1'], ['cancel', 'S/P/1']])(
    'of a lake that is not there: restock %s makes no folder',
    async (...args) => {
      const { code, stderr } = await runStore(['restock', ...args, '--data', 'nowhere'], { cwd: folder });
      expect(code).toBe(1);
      expect(stderr).toContain(`There is no folder ${join(folder, 'nowhere')}.`);
      expect(await readdir(folder)).not.toContain('nowhere');
    },
  );

  test('that is damaged is not read as if it were whole', async () => {
    const at = join(folder, 'damaged');
    const { ledger, close } = openJournalLedger(at);
    for (const n of [1, 2, 3]) await ledger.ask(requestOf(n));
    await close();
    const file = join(at, 'ledger', '000000001.log');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    await writeFile(file, bytes);
    const { code, stderr } = await runStore(['restock', 'status', '--data', at], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain(`The ledger ${join(at, 'ledger')} does not open: `);
  });
});

describe('the commands', () => {
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await runStore([...args, '--json'], { cwd: folder, env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const skew = async (clockSkewMs: number): Promise<void> => {
    const answer = await fetch(`${emulator.endpoint}/_emulator/faults`, {
      method: 'PUT',
      body: JSON.stringify({ clockSkewMs }),
    });
    expect(answer.ok).toBe(true);
  };

  test('ask once, ever; what is cancelled is asked for again, and the lake learns what is on order', async () => {
    const clients = {
      glue: new GlueClient(clientOptions('GLUE', env)),
      firehose: new FirehoseClient(clientOptions('FIREHOSE', env)),
      sqs: new SQSClient(clientOptions('SQS', env)),
    };
    const { glue, firehose, sqs } = clients;
    const partitioning = eventHourPartitioning;
    const tableInput = inventoryTableInput(partitioning);
    await createInventoryLake({ glue, firehose, partitioning, tableInput });
    await createTruckQueue(sqs, names.truckQueue);
    for (const client of Object.values(clients)) client.destroy();
    await run('stream', '--stores', '4', '--products', '60', '--days', '2');

    const first = await runStore(['restock', 'plan', '--send'], { cwd: folder, env });
    const [, asked = '0'] = /(\d+) new, 0 already asked: \d+ requests sent/.exec(first.stdout) ?? [];
    const count = Number(asked);
    expect(count).toBeGreaterThan(2);
    const trucks = await run('restock', 'trucks');
    expect(trucks).toMatchObject({ received: count, known: 0, deleted: count });

    // Long after the queue has forgotten, and again and again.
    for (const days of [0.01, 30]) {
      await skew(days * 86_400_000);
      const again = await runStore(['restock', 'plan', '--send'], { cwd: folder, env });
      expect(again.stdout).toContain(`0 new, ${count} already asked: 0 requests sent`);
      expect(await run('restock', 'trucks')).toMatchObject({ received: 0 });
    }
    await skew(0);

    const { requests } = (await run('restock', 'status')) as {
      requests: { request_id: string; quantity: number }[];
    };
    expect(requests).toHaveLength(count);
    const [one, two] = requests;
    const shelf = async (id: string | undefined): Promise<unknown[][]> => {
      const [store, product] = (id ?? '').split('/');
      const rows = await emulator.query(
        `select event_type, on_order, quantity_delta from inventory_events where store_id = '${store}'
         and product_id = '${product}' order by event_time desc limit 2`,
      );
      return rows.map(({ event_type, on_order, quantity_delta }) => [
        event_type,
        Number(on_order),
        Number(quantity_delta),
      ]);
    };
    const [placed, before] = await shelf(one?.request_id);
    const ordered = Number(before?.[1]);
    expect(placed).toEqual(['order_placed', ordered + (one?.quantity ?? 0), 0]);
    expect(await run('restock', 'deliver', one?.request_id ?? '')).toMatchObject({ state: 'delivered' });
    expect(await run('restock', 'deliver', one?.request_id ?? '')).toMatchObject({ eventsWritten: 0 });
    expect(await shelf(one?.request_id)).toEqual([['restock', ordered, one?.quantity], placed]);
    expect(await run('restock', 'cancel', two?.request_id ?? '')).toMatchObject({ state: 'cancelled' });
    const late = await runStore(['restock', 'plan', '--send'], { cwd: folder, env });
    expect(late.stdout).toMatch(/1 new, \d+ already asked: 1 request sent/);
    const more = await run('restock', 'trucks');
    expect(more).toMatchObject({ received: 1, requests: [{ request_id: two?.request_id }] });
    const nobody = await runStore(['restock', 'cancel', 'S9/P9/9'], { cwd: folder, env });
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toContain('The ledger knows no request S9/P9/9.');
  });
});
