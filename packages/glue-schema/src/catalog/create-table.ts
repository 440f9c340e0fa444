import {
  AlreadyExistsException,
  CreateDatabaseCommand,
  CreateTableCommand,
  EntityNotFoundException,
  type GlueClient,
  type TableInput,
} from '@aws-sdk/client-glue';
import { GlueSchemaError } from '../errors.js';
import { addressOf, type TableAddress } from './catalog-table.js';
import { callGlue } from './glue-call.js';

/**
 * Creates the table, and its database where that is asked for and absent.
 *
 * @throws GlueSchemaError `DATABASE_NOT_FOUND` where it is absent and not asked for.
 */
export async function createTable(
  glue: GlueClient,
  table: TableAddress,
  input: TableInput,
  { createDatabase, signal }: { readonly createDatabase: boolean; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { CatalogId } = addressOf(table);
  const catalog = CatalogId === undefined ? {} : { CatalogId };
  const command = new CreateTableCommand({ ...addressOf(table), TableInput: input });
  const send = (): Promise<unknown> =>
    callGlue({ action: 'CreateTable', table, signal }, (call) => glue.send(command, call));
  try {
    await send();
  } catch (error) {
    if (!(error instanceof EntityNotFoundException)) throw error;
    if (!createDatabase) throw noDatabase(table.databaseName, error);
    const database = new CreateDatabaseCommand({ ...catalog, DatabaseInput: { Name: table.databaseName } });
    try {
      await callGlue({ action: 'CreateDatabase', table, signal }, (call) => glue.send(database, call));
    } catch (failure) {
      // Somebody else made it meanwhile.
      if (!(failure instanceof AlreadyExistsException)) throw failure;
    }
    await send();
  }
}

/**
 * Throws unless a database of that name can be made and be read by Athena.
 * Source: Athena user guide, "Name databases, tables, and columns", read 2026-11.
 */
export function checkNewDatabase(name: string): void {
  if (/^[a-z0-9_]{1,255}$/.test(name)) return;
  throw new GlueSchemaError(
    'INVALID_OPTION',
    `Expected a database to create whose name Athena reads: at most 255 lower-case letters (a to z), digits and "_", got ${JSON.stringify(name.slice(0, 300))}`,
    { databaseName: name },
  );
}

function noDatabase(name: string, cause: unknown): GlueSchemaError {
  return new GlueSchemaError(
    'DATABASE_NOT_FOUND',
    `Database "${name}" is not in the catalog; check its name and the region, or let the push create it (\`push --create-database\`, option \`createDatabase\`)`,
    { database: name },
    { cause },
  );
}
