/** The files of a new project, by path; `libraries` says where it gets our packages from. */
export function projectFiles(
  name: string,
  libraries: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', manifest(name, libraries)],
    ['tsconfig.json', tsconfig],
    ['src/main.ts', main],
    ['store.config.ts', config],
    ['README.md', readme(name)],
    ['.gitignore', 'node_modules/\ndist/\n.store/\n'],
  ]);
}

function manifest(name: string, libraries: Readonly<Record<string, string>>): string {
  const content = {
    name,
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { start: 'tsx src/main.ts', check: 'tsc --noEmit' },
    dependencies: {
      '@aws-sdk/client-firehose': '^3.1169.0',
      ...libraries,
    },
    devDependencies: { '@types/node': '^20.19.0', tsx: '^4.23.0', typescript: '~6.0.3' },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

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

const main = `import { createFirehoseProducer } from '@store/firehose';
import { createWorld } from '@store/generator';
import type { InventoryEvent } from '@store/schema';

// A small world: the same seed gives the same events, always.
const world = createWorld({ seed: 1, stores: 5, products: 20, start: '2026-01-05', days: 1 });

// Without a delivery stream, the events are counted; with one, they are sent.
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
console.log(\`\${events} events, \${low} of them tell of low stock\`);

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

const config = `// Settings for the store command in this folder; \`store doctor\` shows which value comes from where.
export default { all: { seed: 1, stores: 5, products: 20 } };
`;

function readme(name: string): string {
  return `# ${name}

A world of stores whose inventory events go to Amazon Data Firehose.

    npm install
    npm start                                     # makes the events and counts them
    STREAM_NAME=inventory-events npm start        # sends them; AWS_ENDPOINT_URL chooses another endpoint than AWS

For an endpoint on this machine: \`store emulator\`, then set the AWS_ENDPOINT_URL that it prints.
`;
}
