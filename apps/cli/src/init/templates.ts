import { worldTemplate } from '../world/world-template.js';

/**
 * The files of a project, by path; those of `package.json` and `.gitignore` are merged with what is there.
 *
 * @param install - the command that installs what the project depends on
 */
export function projectFiles(name: string, install = 'npm install'): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', readme(name, install)],
    ['tsconfig.json', tsconfig],
    ['store.config.ts', config],
    ['world.json', `${JSON.stringify(worldTemplate, undefined, 2)}\n`],
    ['src/simulate.mts', simulate],
    ['src/order.ts', order],
    ['src/send-orders.mts', sendOrders],
    ['data/orders.ndjson', orders()],
  ]);
}

/** Lines that `.gitignore` must have. */
export const ignored: readonly string[] = ['node_modules/', '.store/'];

/** What `package.json` must have, beside our packages; what is there already stays. */
export const manifest = {
  scripts: { start: 'tsx src/simulate.mts', check: 'tsc --noEmit' },
  dependencies: { '@aws-sdk/client-firehose': '^3.1169.0' },
  devDependencies: { '@types/node': '^20.19.0', tsx: '^4.23.0', typescript: '~6.0.3' },
} as const;

const tsconfig = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023", "esnext.disposable"],
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["src", "store.config.ts"]
}
`;

const config = `// Defaults of the store command in this folder and below it; \`npx store doctor\` shows which value comes from where.
export default { all: { seed: 1 } };
`;

const simulate = `// Simulates the stores of world.json. Counts their events, or sends them to the delivery stream in STREAM_NAME.
import { readFile } from 'node:fs/promises';
import { createFirehoseProducer } from '@store/firehose';
import { createWorld, readWorldFile } from '@store/generator';
import type { InventoryEvent } from '@store/schema';

// The same file and seed give the same events.
const file = readWorldFile(await readFile(new URL('../world.json', import.meta.url)));
const world = createWorld({ ...file, extra: file.extra ?? [], seed: 1, start: '2026-01-05', days: 7 });

const deliveryStreamName = process.env.STREAM_NAME;
let events = 0;
let low = 0;

if (deliveryStreamName === undefined) {
  for (const event of world.events()) count(event);
} else {
  const producer = createFirehoseProducer<InventoryEvent>({ deliveryStreamName });
  await producer.pipe(counted());
  await producer.close();
  console.log(\`\${producer.stats().delivered} events delivered to \${deliveryStreamName}\`);
}
console.log(\`\${events} events, \${low} of them with low stock\`);

function* counted(): Generator<InventoryEvent> {
  for (const event of world.events()) {
    count(event);
    yield event;
  }
}

function count(event: InventoryEvent): void {
  events++;
  if (event.is_low_stock) low++;
}
`;

const order = `import type { Decimal, Int32, IsoTimestamp } from '@store/glue-schema';

/** One order of a shop: change it to what you send. */
export interface Order {
  /** Number of the order. */
  id: Int32;
  placed_at: IsoTimestamp;
  status: 'paid' | 'sent' | 'returned';
  /** Sum of its lines. */
  total: Decimal<10, 2>;
  tags: string[];
}
`;

const sendOrders = `// Sends the orders of a file, one JSON object a line, to the delivery stream.
import { readFile } from 'node:fs/promises';
import { createFirehoseProducer } from '@store/firehose';
import type { Order } from './order.js';

const [path = 'data/orders.ndjson'] = process.argv.slice(2);
const lines = (await readFile(path, 'utf8')).split('\\n').filter((line) => line !== '');
const producer = createFirehoseProducer<Order>({ deliveryStreamName: 'orders' });
await producer.pipe(lines.map((line) => JSON.parse(line) as Order));
await producer.close();
console.log(\`\${producer.stats().delivered} orders delivered\`);
`;

/** Sample data: forty orders of one day. */
function orders(): string {
  const states = ['paid', 'sent', 'sent', 'returned'];
  return Array.from({ length: 40 }, (_, n) => {
    const placed = new Date(Date.UTC(2026, 0, 5, 8, n * 7)).toISOString();
    const total = ((n * 37) % 90) + 9.5;
    return `${JSON.stringify({ id: n + 1, placed_at: placed, status: states[n % 4], total, tags: n % 3 === 0 ? ['web', 'gift'] : ['web'] })}\n`;
  }).join('');
}

function readme(name: string, install: string): string {
  return `# ${name}

Simulated stores (\`world.json\`), their inventory events, and a type of your own (\`src/order.ts\`), sent to Amazon Data
Firehose or to an endpoint on this machine. \`npx store --help\` lists the commands.

Install, simulate the stores, and run the full pipeline on this machine:

\`\`\`sh
${install}
npx tsx src/simulate.mts
npx store demo --world world.json --days 7
npx store query --named turnover
npx store world show world.json
\`\`\`

## Your own type

Start an endpoint in a terminal of its own; Ctrl-C ends it:

\`\`\`sh
npx store emulator --port 4599
\`\`\`

In another terminal, create the table and the delivery stream of \`Order\`, send the sample data, and query it:

\`\`\`sh
export AWS_ENDPOINT_URL=http://127.0.0.1:4599 AWS_REGION=us-east-1
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
npx store stream create orders --entry src/order.ts --type Order
npx tsx src/send-orders.mts
npx store query 'select status, count(*) as orders, sum(total) as total from orders group by status order by status'
STREAM_NAME=inventory-events npx tsx src/simulate.mts
npx store query --named low-stock
\`\`\`

After a change of \`src/order.ts\`, the same \`stream create\` adds new columns to the table. Without \`AWS_ENDPOINT_URL\`, and
with credentials, the same commands use AWS; \`stream create\` then needs \`--bucket\` and \`--role\`.

## What to change

| file | holds |
| --- | --- |
| \`world.json\` | your stores, products, calendar and demand; \`npx store world check world.json\` says what is wrong |
| \`src/order.ts\` | the type: \`npx store schema explain --entry src/order.ts --type Order\` shows its columns |
| \`data/orders.ndjson\` | sample data; the argument of \`npx tsx src/send-orders.mts\` names another file |
| \`store.config.ts\` | defaults of the store command |
`;
}
