/**
 * How much CPU does an event of the simulated world cost from its making to its acknowledgement, and how much the start of
 * a world before its first event? The start is a line of its own: worlds that are read on are in their steady state.
 *
 * One client process, the AWS SDK, a null endpoint in another process, CPU time (user + system). The yardstick is
 * one ready body of the same bytes, hashed, signed and sent by hand.
 */
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { createFirehoseProducer, type FirehoseProducer, type ProducerOptions } from '@store/firehose';
import { createWorld } from '@store/generator';
import { inventoryEventEncoder, type InventoryEvent } from '@store/schema';
import { readyBodySender } from './ready-body.js';
import { measure } from './rival.js';
import { startNullEndpoint } from './start-null-endpoint.js';

const endpoint = await startNullEndpoint();
const client = new FirehoseClient({
  region: 'us-east-1',
  endpoint: endpoint.url,
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
});
const open = () => createWorld({ seed: 7, stores: 200, products: 400, days: 3650 });
// Long enough for every round, and past its first days.
const world = open();
world.seek('2026-01-08');
const EVENTS = 400_000;
const maxEvents = EVENTS;

function count(events: Iterable<unknown>): number {
  let total = 0;
  for (const event of events) if (event !== undefined) total++;
  return total;
}

function create(encoder?: ProducerOptions<InventoryEvent>['encoder']): FirehoseProducer<InventoryEvent> {
  const options = { deliveryStreamName: 'bench', client, ...(encoder === undefined ? {} : { encoder }) };
  return createFirehoseProducer<InventoryEvent>(options);
}
const compiled = create(inventoryEventEncoder);
const json = create();

// One body of the world's first lines, as large as a batch may be.
const Records: { Data: string }[] = [];
let bodyEvents = 0;
for (const chunk of open().ndjson({ chunkBytes: 190_000 })) {
  if (Records.length === 21) break;
  Records.push({ Data: Buffer.from(chunk).toString('base64') });
  bodyEvents += Buffer.from(chunk).toString().split('\n').length - 1;
}
const sendReady = readyBodySender(
  endpoint.url,
  Buffer.from(JSON.stringify({ DeliveryStreamName: 'bench', Records })),
);

// The SDK's code must be hot, as it is in a process that lives for more than seconds.
const Small = Array.from({ length: 20 }, () => ({ Data: Buffer.from('x') }));
for (let i = 0; i < 2000; i++) {
  await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'bench', Records: Small }));
}

const start = 'the start of a world';
const wholeWay = 'the world’s NDJSON, delivered';
const CALLS = Math.ceil(EVENTS / bodyEvents);
const cost = await measure(
  [
    {
      name: start,
      events: EVENTS,
      run: async () => {
        count(open().events({ maxEvents: 1 }));
      },
    },
    {
      name: 'making the events alone',
      events: EVENTS,
      run: async () => {
        count(world.events({ maxEvents }));
      },
    },
    {
      name: 'objects, JSON.stringify, delivered',
      events: EVENTS,
      run: async () => {
        await json.pipe(world.events({ maxEvents }));
        await json.flush();
      },
    },
    {
      name: 'objects, compiled encoder, delivered',
      events: EVENTS,
      run: async () => {
        await compiled.pipe(world.events({ maxEvents }));
        await compiled.flush();
      },
    },
    {
      name: wholeWay,
      events: EVENTS,
      run: async () => {
        await compiled.pipeLines(world.ndjson({ lend: true, maxEvents }));
        await compiled.flush();
      },
    },
    {
      name: 'one ready body, hashed, signed, sent',
      events: CALLS * bodyEvents,
      run: async () => {
        for (let i = 0; i < CALLS; i++) await sendReady();
      },
    },
  ],
  Number(process.env.ROUNDS ?? 5),
);
const { billedBytes, eventBytes } = compiled.stats();
const floor = cost.get('one ready body, hashed, signed, sent') ?? NaN;
console.log(`${EVENTS} events of ${Math.round(eventBytes / compiled.stats().delivered)} bytes a run.\n`);
console.log('| way | µs of CPU per event | events per CPU second | of the ready body’s speed |');
console.log('| --- | ---: | ---: | ---: |');
for (const [name, micros] of cost) {
  if (name === start) continue;
  const rate = (Math.round(1e4 / micros) * 100).toLocaleString('en');
  console.log(`| ${name} | ${micros.toFixed(2)} | ${rate} | ${Math.round((floor / micros) * 100)} % |`);
}
const startMs = ((cost.get(start) ?? NaN) * EVENTS) / 1000;
console.log(
  `\nThe start of a world of 80,000 series, to its first event: ${startMs.toFixed(0)} ms of CPU, once.`,
);
const rate = 1 / (cost.get(wholeWay) ?? NaN);
console.log(
  `Steady state from world to acknowledgement: ${rate.toFixed(2)} M events per CPU second (aim: 0.8).`,
);
console.log(`\nBilled bytes over event bytes: ${(billedBytes / eventBytes).toFixed(4)}.`);
await compiled.close();
await json.close();
client.destroy();
endpoint.close();
