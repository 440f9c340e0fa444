import { resolve } from 'node:path';
import { isLoopbackUrl } from '@store/foundation';
import type { RestockLedger } from '@store/restock';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { names } from '../inventory/names.js';
import { assertFolder } from '../query/no-lake.js';
import { CliError, didYouMean } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Which ledger is meant. */
export interface LedgerChoice {
  readonly data: string;
  /** Table of the ledger. @defaultValue the one that the command makes */
  readonly ledger?: string;
  readonly athena?: boolean;
}

/** A ledger that is open. */
export interface OpenLedger<Ledger = RestockLedger> {
  readonly ledger: Ledger;
  /** Where it lies, in words. */
  readonly place: string;
  readonly close: () => Promise<void>;
}

/** Opens the ledger: a table where the environment names an endpoint or AWS is asked, otherwise the lake folder's own. */
export async function openLedger(choice: LedgerChoice, terminal: Terminal): Promise<OpenLedger> {
  const folder = folderOfLedger(choice, terminal);
  if (folder === undefined) return openNamedTable(choice, terminal);
  const { openJournalLedger } = await import('./journal-ledger.js');
  const { ledger, close } = openJournalLedger(folder);
  return { ledger, close, place: folder };
}

/** {@link openLedger} of a lake that is there: to move a request makes no folder. */
export async function openKnownLedger(choice: LedgerChoice, terminal: Terminal): Promise<OpenLedger> {
  const folder = folderOfLedger(choice, terminal);
  if (folder !== undefined) await assertFolder(folder, terminal.cwd);
  return openLedger(choice, terminal);
}

/** {@link openLedger} to look at: a folder is only read, also while another process writes there. */
export async function readLedger(
  choice: LedgerChoice,
  terminal: Terminal,
): Promise<OpenLedger<Pick<RestockLedger, 'open'>>> {
  const folder = folderOfLedger(choice, terminal);
  if (folder === undefined) return openNamedTable(choice, terminal);
  await assertFolder(folder, terminal.cwd);
  const { readJournalLedger } = await import('./journal-ledger.js');
  return { ledger: readJournalLedger(folder), close: () => Promise.resolve(), place: folder };
}

/** The lake's folder, where its own ledger is meant. */
function folderOfLedger({ athena, data, ledger }: LedgerChoice, { cwd, env }: Terminal): string | undefined {
  const isFolder = endpointOf('DYNAMODB', env) === undefined && athena !== true && ledger === undefined;
  return isFolder ? resolve(cwd, data) : undefined;
}

async function openNamedTable(choice: LedgerChoice, terminal: Terminal): Promise<OpenLedger> {
  const endpoint = endpointOf('DYNAMODB', terminal.env);
  const { DynamoDB } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDB(clientOptions('DYNAMODB', terminal.env));
  const { ledger = names.restockTable } = choice;
  try {
    // A name that somebody wrote is one that is there: a misspelled one must not become an empty ledger.
    const isOwn = ledger === names.restockTable && endpoint !== undefined && isLoopbackUrl(endpoint);
    return await openTable(client, ledger, isOwn);
  } catch (error) {
    client.destroy();
    throw error;
  }
}

/** What `--ledger` may name: the tables of the account and region, where they may be listed. */
async function tableChoices(client: DynamoDB, wanted: string): Promise<string> {
  const known = await client.listTables({}).then(
    ({ TableNames = [] }) => TableNames,
    () => undefined,
  );
  if (known === undefined) return ': the table of the deployed stack, such as store-prod-restock';
  if (known.length === 0) return '; there is no table in this account and region yet';
  return `: ${known.join(', ')}.${didYouMean(wanted, known)}`.replace(/[.?]$/, '');
}

/** Opens the ledger in a table; at an endpoint on this machine the table is made where it is not there. */
export async function openTable(
  client: DynamoDB,
  tableName: string,
  mayCreate: boolean,
): Promise<OpenLedger> {
  const { createDynamoDbLedger, ledgerTable } = await import('@store/restock/dynamodb');
  try {
    await client.describeTable({ TableName: tableName });
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ResourceNotFoundException') throw cause;
    if (!mayCreate) {
      throw new CliError('NO_LEDGER', `There is no table ${tableName} that remembers what was asked for.`, {
        fix: `Name one with --ledger${await tableChoices(client, tableName)}.`,
        cause,
      });
    }
    await client.createTable(ledgerTable(tableName)).catch((error: unknown) => {
      // Another command was first.
      if (!(error instanceof Error) || error.name !== 'ResourceInUseException') throw error;
    });
  }
  return {
    ledger: createDynamoDbLedger(client, { tableName }),
    place: tableName,
    close() {
      client.destroy();
      return Promise.resolve();
    },
  };
}
