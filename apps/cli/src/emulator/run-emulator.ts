import { makeFolder } from '@store/durable';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { GlueClient } from '@aws-sdk/client-glue';
import { SQSClient } from '@aws-sdk/client-sqs';
import { emulatorDefaults, EmulatorError, startEmulator, type UndeliveredRecords } from '@store/emulator';
import { inertText } from '@store/foundation';
import { eventHourPartitioning } from '@store/schema';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { clientOptions } from '../aws/client-options.js';
import { createInventoryLake, inventoryTableInput } from '../inventory/lake.js';
import { names } from '../inventory/names.js';
import { createTruckQueue } from '../aws/truck-queue.js';
import { openTable } from '../restock/open-ledger.js';
import { coloursFor } from '../output/format.js';
import { jsonText, writeOut } from '../output/write-out.js';
import { damageFix } from '../local/damage-fix.js';
import { sayTroubles } from '../local/say-troubles.js';
import { undeliveredText } from '../local/undelivered.js';
import { whileThere } from '../local/while-there.js';
import { CliError, interruption, termination } from '../terminal/errors.js';
import { commandList, printedCommand } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store emulator`. */
export interface EmulatorFlags extends CommonFlags {
  readonly port?: number;
  readonly data: string;
  readonly account?: string;
  readonly region?: string;
  readonly reuseQueueNames?: boolean;
  readonly faults?: string;
  readonly onDamage: 'refuse' | 'salvage';
  readonly reset?: boolean;
  readonly deliverNow?: boolean;
  readonly setup: boolean;
}

/** Whoever stops a service waits little before killing it; what is not delivered by then goes out after the next start. */
const LAST_FLUSH_MS = 8_000;

/** Runs `store emulator` until Ctrl-C. */
export async function runEmulator(flags: EmulatorFlags, terminal: Terminal): Promise<void> {
  const dataDir = resolve(terminal.cwd, flags.data);
  makeFolder(dataDir);
  await whileThere(dataDir, async () => serve(dataDir, flags, terminal));
}

async function serve(dataDir: string, flags: EmulatorFlags, terminal: Terminal): Promise<void> {
  const { env, stdout, stderr, signal, cwd } = terminal;
  const emulator = await startEmulator({
    dataDir,
    port: flags.port ?? 0,
    onDamage: flags.onDamage,
    reset: flags.reset === true,
    deliverNow: flags.deliverNow === true,
    // Who runs the command is answered as by AWS; a test suite that reuses names says so.
    reuseQueueNames: flags.reuseQueueNames === true,
    ...(flags.account === undefined ? {} : { accountId: flags.account }),
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(flags.faults === undefined ? {} : { faults: resolve(cwd, flags.faults) }),
    onTrouble: sayTroubles(stderr),
  }).catch((error: unknown) => {
    if (!(error instanceof EmulatorError) || error.code !== 'CORRUPT_STATE') throw error;
    throw new CliError('CORRUPT_STATE', error.problem, { cause: error, fix: damageFix(flags.data) });
  });
  let left: readonly UndeliveredRecords[];
  try {
    if (flags.setup) {
      await setUp(emulator.endpoint, flags.region === undefined ? env : { ...env, AWS_REGION: flags.region });
    }
    if (flags.json === true) {
      // One line, which scripts wait for.
      const { endpoint, lakeDir } = emulator;
      const ready = { ready: true, endpoint, lakeDir, ...(flags.setup ? names : {}) };
      await writeOut(stdout, `${jsonText(ready)}\n`);
    } else {
      await writeOut(stdout, greeting(emulator.endpoint, emulator.lakeDir, flags, terminal));
      await writeOut(stdout, `READY ${emulator.endpoint}\n`);
    }
    if (!signal.aborted) await once(signal, 'abort');
    await emulator.flush({ deadlineMs: LAST_FLUSH_MS });
  } finally {
    left = await emulator.close();
  }
  const report = undeliveredText(left) ?? `Everything that was acknowledged is in ${emulator.lakeDir}.`;
  if (signal.reason === termination) {
    stderr.write(`${inertText(report)}\n`);
    return;
  }
  throw interruption(signal, report);
}

async function setUp(endpoint: string, env: Terminal['env']): Promise<void> {
  const glue = new GlueClient(clientOptions('GLUE', env, endpoint));
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env, endpoint));
  const sqs = new SQSClient(clientOptions('SQS', env, endpoint));
  const dynamodb = new DynamoDB(clientOptions('DYNAMODB', env, endpoint));
  try {
    const partitioning = eventHourPartitioning;
    await createInventoryLake({
      glue,
      firehose,
      partitioning,
      tableInput: inventoryTableInput(partitioning),
    });
    await createTruckQueue(sqs, names.truckQueue);
    await openTable(dynamodb, names.restockTable, true);
  } finally {
    for (const client of [glue, firehose, sqs, dynamodb]) client.destroy();
  }
}

function greeting(endpoint: string, lakeDir: string, flags: EmulatorFlags, terminal: Terminal): string {
  const { bold, dim, cyan } = coloursFor(terminal.stdout, terminal.env);
  // The AWS CLI knows AWS_DEFAULT_REGION only, and before 2.13 not AWS_ENDPOINT_URL either.
  const { region = emulatorDefaults.region } = flags;
  const keys = `AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`;
  const firstEvent = printedCommand(
    "store generate --stores 1 --products 50 | head -1 | base64 | tr -d '\\n'",
    terminal,
  );
  const ready = flags.setup
    ? `\n${dim(`Ready: table ${names.database}.${names.table}, delivery stream ${names.deliveryStream}, queue ${names.truckQueue}, table ${names.restockTable}.`)}`
    : '';
  return `${bold(`The endpoint answers at ${endpoint}`)}${ready}
${dim(`Files: ${lakeDir}`)}

  ${cyan(`export AWS_ENDPOINT_URL=${endpoint} ${keys}`)}
  ${dim('then, in that shell:')}
${commandList(
  [
    ['store stream --stores 5 --products 20', 'send a day of events'],
    ['store query --named low-stock', 'query them'],
  ],
  terminal,
  { styles: { command: cyan, purpose: dim } },
)}
  aws --endpoint-url $AWS_ENDPOINT_URL firehose put-record-batch \\
    --delivery-stream-name ${names.deliveryStream} \\
    --records "[{\\"Data\\":\\"$(${firstEvent})\\"}]" ${dim('# AWS CLI 2')}

${dim('Ctrl-C stops it; what was acknowledged is kept.')}
`;
}
