// How many durable messages a second do the queues take and give? Our journal against a list in memory, and
// against one fdatasync a call, which is what a queue without group commit pays.
// Usage: node --import tsx --conditions=@store/source packages/emulator/bench/sqs-messages.bench.ts
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@store/foundation';
import { answerCall } from '../src/wire/service-entry.js';
import { createSqsService, type SqsService } from '../src/sqs/sqs-service.js';

const batches = 2000;
const senders = 16;
const rounds = 5;
const body = JSON.stringify({ request_id: 'r'.repeat(32), store_id: 'STORE-0001', quantity: 40 });
const context = {
  region: 'us-east-1',
  accountId: '000000000000',
  requestId: 'bench',
  headers: {},
  payload: undefined,
  signal: new AbortController().signal,
  endpoint: 'http://127.0.0.1',
};
const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: body }));

async function together(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  let left = batches;
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return (batches * 10) / ((performance.now() - start) / 1000);
}

async function measure(service: SqsService): Promise<{ send: number; receive: number }> {
  const call = (action: string, input: object): Promise<unknown> =>
    answerCall(service, action, { QueueUrl: 'q', ...input }, context);
  await call('CreateQueue', { QueueName: 'q' });
  const send = await together(async () => {
    await call('SendMessageBatch', { Entries });
  });
  const receive = await together(async () => {
    const answer = await call('ReceiveMessage', { MaxNumberOfMessages: 10 });
    // The answer's shape is this service's own.
    const { Messages } = answer as { Messages: readonly { ReceiptHandle: string }[] };
    await call('DeleteMessageBatch', {
      Entries: Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
    });
  });
  await service.close();
  return { send, receive };
}

async function syncEach(path: string): Promise<number> {
  const file = await open(path, 'a');
  const bytes = Buffer.from(`${body}\n`.repeat(10));
  const start = performance.now();
  for (let at = 0; at < 200; at += 1) {
    await file.write(bytes);
    await file.datasync();
  }
  const perSecond = 2000 / ((performance.now() - start) / 1000);
  await file.close();
  return perSecond;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const found: Record<string, number[]> = {};
const note = (name: string, value: number): void => {
  (found[name] ??= []).push(value);
};
for (let round = 0; round < rounds; round += 1) {
  const folder = await mkdtemp(join(tmpdir(), 'sqs-bench-'));
  const durable = await measure(
    await createSqsService({ clock: systemClock, journal: join(folder, 'sqs.journal') }),
  );
  note('durable, send', durable.send);
  note('durable, receive and delete', durable.receive);
  const memory = await measure(await createSqsService({ clock: systemClock }));
  note('in memory, send', memory.send);
  note('in memory, receive and delete', memory.receive);
  note('one fdatasync a call, write alone', await syncEach(join(folder, 'plain')));
  await rm(folder, { recursive: true });
}
console.log(
  `Batches of 10, ${senders} callers, bodies of ${body.length} bytes, ${rounds} rounds, medians.\n`,
);
console.log('| what | messages/s |');
console.log('|---|---|');
for (const [name, values] of Object.entries(found)) {
  console.log(`| ${name} | ${Math.round(median(values)).toLocaleString('en')} |`);
}
