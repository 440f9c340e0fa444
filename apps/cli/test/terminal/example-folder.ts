import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createWorld, dailyCsv } from '@store/generator';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { PassThrough } from 'node:stream';
import { buildProgram } from '../../src/program.js';
import { projectFiles } from '../../src/init/templates.js';
import { bin } from '../built-command.js';
import { runStore } from '../terminal.js';

const dependencies = join(import.meta.dirname, '..', '..', 'node_modules');
const world = createWorld({ stores: 2, products: 5 });
const events = Buffer.concat([...world.ndjson()]);
const history = createWorld({ stores: 2, products: 4, start: '2025-03-01', days: 120 });

/** What one store sold, as a till of the United States exports it. */
const soldLines = (): readonly string[] =>
  [...history.dailySeries()]
    .filter(({ store_id }) => store_id === history.stores[0]?.store_id)
    .map(({ product_id, date, units_sold }) => {
      const [year, month, day] = date.split('-').map(Number);
      return `${product_id},${month}/${day}/${year},${units_sold}`;
    });

/** Makes a folder with the files that examples of the help name, and with `store` in its `bin`. */
export async function exampleFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'store-examples-'));
  await mkdir(join(folder, 'bin'));
  await mkdir(join(folder, '.store'));
  await symlink(bin, join(folder, 'bin', 'store'));
  await symlink(dependencies, join(folder, 'node_modules'));
  const csv = await runStore(['generate', '--format', 'csv', '--max-events', '20']);
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'events.ndjson': events,
    'exports/monday.ndjson': events,
    'old.csv.gz': gzipSync(csv.bytes),
    'till.csv':
      'store_id,product_id,product_name,current_stock,min_threshold,event_time\n' +
      's1,p1,Milk,3,5,2026-01-05T08:00:00.000Z\ns1,p2,Tea,not counted,5,2026-01-05T08:00:00.000Z\n',
    'stock.csv': 'ID,SKU,Name,Stock,Categories,Regular price,Low stock amount\n1,A,Milk,4,Dairy,1.5,6\n',
    'report.sql': 'select count(*) as n from inventory_events;\n',
    'sales.csv': [...dailyCsv(history.dailySeries())].join(''),
    'sold.csv': ['product_id,date,qty', ...soldLines()].join('\n'),
    'src/order.ts': projectFiles('shop').get('src/order.ts') ?? '',
    'src/charge.ts': 'export interface Charge {\n  id: string;\n  metadata: Record<string, unknown>;\n}\n',
    'weekly.ts':
      "import type { PolicyState } from '@store/generator';\n" +
      'export default ({ products }: PolicyState) =>\n' +
      '  products\n' +
      '    .filter(({ recordedStock, onOrder, reorderPoint }) => recordedStock + onOrder < reorderPoint)\n' +
      '    .map(({ product_id }) => ({ product_id, quantity: 20 }));\n',
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** How a test speaks to an endpoint on this machine. */
export interface LocalClient {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Puts the objects that examples of the help name into the endpoint's S3. */
export async function putExampleObjects(client: LocalClient): Promise<void> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'shop-exports' }));
  await s3.send(new PutObjectCommand({ Bucket: 'shop-exports', Key: '2026/monday.ndjson', Body: events }));
  s3.destroy();
}

/** Every example of every help, in the order of the commands. */
export function allExamples(): readonly string[] {
  let help = '';
  const stream = new PassThrough();
  const { signal } = new AbortController();
  const program = buildProgram(
    { stdin: stream, stdout: stream, stderr: stream, env: {}, cwd: '/', signal },
    (text) => {
      help += text;
    },
    () => undefined,
  );
  const print = (command: Command): void => {
    command.outputHelp();
    command.commands.forEach(print);
  };
  print(program);
  return [...help.matchAll(/^Examples:\n((?: {2}\S.*\n)+)/gm)]
    .flatMap(([, list = '']) => list.trimEnd().split('\n'))
    .map((line) => line.trim().replace(/ {2,}\S.*$/, ''));
}
