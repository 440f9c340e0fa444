import { GetTableCommand, GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allExamples, exampleFolder, putExampleObjects, type LocalClient } from './example-folder.js';
import { pathWith, startInShell, Typist, type Ended } from './typed-lines.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** The example that is the endpoint of all others; its port is a free one here. */
const endpointExample = 'store emulator --port 4599';

/** Examples that are not run, and why. documented-commands.test.ts has the parser read them. */
const notRun: Readonly<Record<string, string>> = {
  [endpointExample]: 'runs while the others do',
  'store stream --speed 3600': 'plays 24 seconds of real time',
  'store init my-stores': 'packs every library; init.built.test.ts runs it, and all that its README says',
  'store init --here': 'packs every library; init.built.test.ts runs it',
  'store demo': '`store demo --json | jq .rowsInLake` runs it',
  'store up': '`store up --open` runs it',
  'store demo --stores 500 --days 2': 'works for seconds; `store demo` is run',
  'store up --stores 100 --products 200 --speed 3600': 'works for seconds; `store up --open` is run',
  'store benchmark --stores 5 --days 28 --json | jq .rows[0].policy':
    'works for seconds; benchmark.built.test.ts runs the like',
  'store estimate --stores 500 --products 2000 --days 30':
    'works for seconds; estimate.test.ts runs the like',
  'store estimate --stores 5000 --days 7 --streams 8': 'works for seconds; estimate.test.ts runs the like',
};

/** Examples that make what others need, so that they are run first. */
const first = [
  'store world init && store world show world.json',
  'store schema push --entry src/order.ts --type Order --database shop --create-database --location s3://bucket/orders/',
  'store map suggest till.csv > till.json',
  'store map test till.csv --map till.json',
  'store ingest till.csv --map till.json --encoding windows-1252',
  'store replay till.csv.rejects --map till.json --dry-run',
  'store replay till.csv.rejects --map till.json',
  'store stream --stores 20 --days 1',
];

/** What a person does before an example. */
const before: Readonly<Record<string, () => Promise<void>>> = {
  // Behind the rows that the mapping was suggested by.
  'store ingest till.csv --map till.json --encoding windows-1252': async () => {
    await appendFile(join(folder, 'till.csv'), 's1,p3,Salt,uncounted,5,2026-01-05T08:00:00.000Z\n');
  },
  // "After the mapping was put right."
  'store replay till.csv.rejects --map till.json --dry-run': async () => {
    // A document that `store map suggest` has written.
    const mapping = JSON.parse(await readFile(join(folder, 'till.json'), 'utf8')) as object;
    const right = { ...mapping, skipWhen: { current_stock: ['not counted', 'uncounted'] } };
    await writeFile(join(folder, 'till.json'), JSON.stringify(right));
  },
  // As after four changes of the type.
  'store schema versions --database shop --table order': async () => {
    const glue = new GlueClient(client);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'shop', Name: 'order' }));
    const { Name, StorageDescriptor, Parameters, TableType } = Table ?? {};
    for (const change of ['a', 'b', 'c', 'd']) {
      const TableInput = { Name, StorageDescriptor, TableType, Parameters: { ...Parameters, change } };
      await glue.send(new UpdateTableCommand({ DatabaseName: 'shop', TableInput }));
    }
    glue.destroy();
  },
};

/** What speaks to the endpoint; everything else is run as somebody does who has none. */
const needsEndpoint = /store (?:stream|ingest|replay|invoke|schema (?:push|diff|versions|rollback))|--athena/;

const examples = allExamples();
let folder: string;
let client: LocalClient;
let typist: Typist;
let stopEndpoint: () => Promise<void>;

const environment = (line: string): Readonly<Record<string, string>> => ({
  PATH: pathWith(folder),
  HOME: folder,
  // The page of `store up` takes a free port, and worlds are small where an example does not say how large.
  ...{ STORE_PORT: '0', STORE_STORES: '4', STORE_PRODUCTS: '20' },
  ...(needsEndpoint.test(line) ? { AWS_ENDPOINT_URL: client.endpoint, AWS_REGION: client.region } : {}),
});

async function run(line: string, cwd = folder): Promise<Ended> {
  const { port } = new URL(client.endpoint);
  return typist.type(line.replaceAll('4599', port), cwd, environment(line));
}

beforeAll(async () => {
  folder = await exampleFolder();
  // A project of its own, whatever is above it.
  await mkdir(join(folder, 'apart', '.store'), { recursive: true });
  typist = new Typist();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server on an address of the network has an address with a port.
  const port = String((server.address() as AddressInfo).port);
  server.close();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials };
  const endpoint = startInShell(endpointExample.replace('4599', port), folder, environment(''));
  const closed = once(endpoint, 'close');
  stopEndpoint = async () => {
    process.kill(-(endpoint.pid ?? 0), 'SIGINT');
    await closed;
  };
  let greeting = '';
  await new Promise<void>((resolve, reject) => {
    endpoint.stdout?.on('data', (chunk: Buffer) => {
      greeting += String(chunk);
      if (greeting.includes('READY')) resolve();
    });
    endpoint.once('close', () => {
      reject(new Error(`The endpoint has ended. ${greeting}`));
    });
  });
  await putExampleObjects(client);
});

afterAll(async () => {
  await typist.close();
  await stopEndpoint();
  await rm(folder, { recursive: true, force: true });
});

test('what is said of an example here is said of one that a help has', () => {
  const named = [...first, ...Object.keys(before), ...Object.keys(notRun)];
  expect(named.filter((line) => !examples.includes(line))).toEqual([]);
});

test.each([...new Set([...first, ...examples])].filter((line) => notRun[line] === undefined))(
  'an example of the help runs as printed: %s',
  async (line) => {
    await before[line]?.();
    const isAtRoot = line.includes('store invoke');
    // Endpoints of their own, and what looks at the folder of one that has ended.
    const isApart = /^store (?:emulator|up|doctor --data)/.test(line);
    const { code, stderr } = await run(line, isAtRoot ? root : isApart ? join(folder, 'apart') : folder);
    expect(code, stderr).toBe(0);
  },
);

/** Lines that print commands, and whether the line runs once these have been typed. */
const printing: readonly (readonly [line: string, printed: readonly string[], runsThen: boolean])[] = [
  ["store query 'select 1' --data none", ['store demo --out none'], true],
  ['store world check mine.json', ['store world init mine.json'], true],
  ["store world init 'my world.json'", ["store world show 'my world.json'"], false],
  ["store generate -o 'a b/x.csv' --max-events 5", ["mkdir -p 'FOLDER/a b'"], true],
  [
    'store schema emit --entry src/charge.ts --type Charge --map new.json',
    ['store schema adopt --entry src/charge.ts --type Charge --out new.json'],
    true,
  ],
  ['store map test till.csv --map nosuch', ['store map list'], false],
  [
    'store map suggest stock.csv',
    ['store map suggest stock.csv --quiet > stock.map.json && store map test stock.csv --map stock.map.json'],
    false,
  ],
  ['store ingest stock.csv', ['store map list', 'store map suggest FOLDER/stock.csv'], false],
  ['store restock confirm nosuch --athena', ['store restock status --all --athena'], false],
  ['store demo --sores 3', ['store demo --help'], false],
  ['AWS_ENDPOINT_URL=http://127.0.0.1:9 store stream list', ['store emulator', 'store doctor'], false],
];

test.each(printing)('what is printed runs as printed: %s', async (line, printed, runsThen) => {
  const { stdout, stderr } = await run(line);
  const commands = [...(stdout + stderr).matchAll(/`((?:store|mkdir) [^`]+)`/g)].map(
    ([, found = '']) => found,
  );
  expect(commands.map((found) => found.replace(folder, 'FOLDER'))).toEqual(printed);
  for (const command of commands) {
    const ended = await run(command, command === 'store emulator' ? join(folder, 'apart') : folder);
    expect(ended.code, `${command}: ${ended.stderr}`).toBe(0);
  }
  if (runsThen) expect(await run(line)).toMatchObject({ code: 0 });
});
