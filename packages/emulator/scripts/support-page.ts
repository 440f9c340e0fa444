import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as athena from '@aws-sdk/client-athena';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as firehose from '@aws-sdk/client-firehose';
import * as glue from '@aws-sdk/client-glue';
import * as s3 from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { systemClock } from '@store/foundation';
import { trinoFunctions } from '../src/athena/function-table.js';
import { parseStatement } from '../src/athena/statement/parse-statement.js';
import { statementKinds } from '../src/athena/statement/statement-kind.js';
import { refusedStatements, servedStatements } from '../src/athena/statement/statement-table.js';
import { createEngines } from '../src/engines.js';
import { FaultInjector } from '../src/faults/fault-injector.js';
import { settingsFrom } from '../src/options.js';
import { openServices } from '../src/services.js';
import { BufferPool } from '../src/wire/buffer-pool.js';
import type { ServiceEntry } from '../src/wire/service-entry.js';
import { differences, expressions, families } from './support-notes.js';

/** The services in the order of the page: their scope, their name, and the client that names all of their actions. */
const services: readonly (readonly [scope: string, name: string, sdk: object])[] = [
  ['firehose', 'Amazon Data Firehose', firehose],
  ['glue', 'AWS Glue Data Catalog', glue],
  ['athena', 'Amazon Athena', athena],
  ['sqs', 'Amazon SQS', sqs],
  ['s3', 'Amazon S3', s3],
  ['dynamodb', 'Amazon DynamoDB', dynamodb],
];

/** Makes the text of docs/support.md from the service table of an endpoint and the actions that the AWS SDKs know. */
export async function supportPage(): Promise<string> {
  const table = await serviceTable();
  const sections = services.map(([scope, name, sdk]) => {
    const service = table.find((entry) => entry.scope === scope);
    if (service === undefined) throw new Error(`The service table has no ${scope}.`);
    return serviceSection(scope, name, actionsOf(sdk), [...service.actions.keys()]);
  });
  return `${[intro, ...sections, queries()].join('\n\n')}\n`;
}

const intro = `# What the endpoint serves

Every action of the six services, and every statement and function of Athena: served as on AWS, served with a
difference, or refused by its name. A refusal is AWS's for an action that a service does not know (S3: 501
\`NotImplemented\`, also for a subresource without a value that is not known here, such as \`?word\`), and nothing
is answered in its place.

\`npm run docs\` writes this page from the endpoint's service table and the AWS SDKs' lists of actions; a test holds it.`;

/** Statements and functions of Athena's SQL, from the tables that dispatch them. */
function queries(): string {
  const functions = trinoFunctions.map(({ signature, status, note }) => [
    `\`${signature.replaceAll('|', '\\|')}\``,
    status,
    note.replaceAll('|', '\\|'),
  ]);
  return [
    '## Statements of Athena',
    'With the type that `GetQueryExecution` gives each. What is none of these is refused as a syntax error.',
    tableText(['Statement', 'Type', 'Answer', 'How it differs, or what to write instead'], statements()),
    '## Expressions of Athena',
    'They answer as on AWS, except these.',
    tableText(['Expression', 'Answer', 'How it differs, or what to write instead'], expressions),
    '## Functions of Athena',
    'A function that is not in this table is refused: the reason of the failed query names it.',
    tableText(['Function', 'Answer', 'How it differs, or what to write instead'], functions),
  ].join('\n\n');
}

/** Statements: those that are served by the kinds that are run, the others as the parser refuses them. */
function statements(): readonly (readonly string[])[] {
  const served = Object.entries(statementKinds).flatMap(([kind, { type }]) =>
    Object.entries(servedStatements)
      .filter(([of]) => of === kind)
      .flatMap(([, forms]) => forms)
      .map(({ form, differs }) => [form, type, differs === '' ? 'served' : 'differs', differs]),
  );
  const refused = refusedStatements.map(({ form, example }) => {
    const read = parseStatement(example);
    if (read.kind !== 'refused') throw new Error(`${example} is not refused, it is read as ${read.kind}`);
    return [form, '', 'refused', read.instead];
  });
  return [...served, ...refused].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
}

/** The table as it is in a running endpoint, so that nothing is listed that is not dispatched. */
async function serviceTable(): Promise<readonly Pick<ServiceEntry, 'scope' | 'actions'>[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'support-page-'));
  try {
    const settings = settingsFrom({ dataDir });
    const state = join(dataDir, 'state');
    await mkdir(join(state, 'drafts'), { recursive: true });
    const lakeDir = join(dataDir, 's3');
    const engines = createEngines(settings, state, lakeDir);
    const parts = { settings, state, lakeDir, engines, clock: systemClock, memory: new BufferPool() };
    const opened = await openServices({ ...parts, faults: new FaultInjector(1, systemClock) });
    await opened.close();
    await engines.close();
    return opened.table;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Names of all actions that a client of an AWS SDK can call. */
function actionsOf(sdk: object): readonly string[] {
  return Object.keys(sdk)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.slice(0, -'Command'.length))
    .sort();
}

function serviceSection(
  scope: string,
  name: string,
  all: readonly string[],
  served: readonly string[],
): string {
  const unknown = served.filter((action) => !all.includes(action));
  const { listed = /./, rest = '', instead = '' } = families[scope] ?? {};
  const shown = all.filter((action) => served.includes(action) || listed.test(action));
  const notes = differences[scope] ?? {};
  const stale = Object.keys(notes).filter((action) => !served.includes(action));
  if (stale.length > 0)
    throw new Error(`support-notes.ts has differences of what is not served: ${stale.join(', ')}`);
  const rows = shown.map((action) => {
    const note = notes[action];
    return [
      `\`${action}\``,
      !served.includes(action) ? 'refused' : note === undefined ? 'served' : 'differs',
      note ?? '',
    ];
  });
  const refused = all.length - all.filter((action) => served.includes(action)).length;
  const hidden = all.filter((action) => !shown.includes(action));
  return [
    `## ${name}`,
    `${all.length - refused} of ${all.length} actions are served.`,
    tableText(['Action', 'Answer', 'How it differs'], rows),
    ...(hidden.length === 0
      ? []
      : [`${rest}: the other ${hidden.length} actions are refused by name. ${instead}`.trim()]),
    ...(unknown.length === 0
      ? []
      : [`Served besides: ${unknown.map((action) => `\`${action}\``).join(', ')}.`]),
  ].join('\n\n');
}

/** A table of Markdown whose columns are as wide as their widest cell. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
