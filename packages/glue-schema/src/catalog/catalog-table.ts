import {
  EntityNotFoundException,
  GetTableCommand,
  GetTableVersionsCommand,
  type GlueClient,
  type Table,
  type TableInput,
  type TableVersion,
} from '@aws-sdk/client-glue';
import { checkOptions, type OptionRules, required, text } from '@store/foundation';
import { GlueSchemaError, invalidOption } from '../errors.js';
import { checkGlueClient } from '../check-arguments.js';
import { callGlue } from './glue-call.js';

/** Where a table stands. */
export interface TableAddress {
  /** Glue database. */
  readonly databaseName: string;
  /** Glue table. */
  readonly tableName: string;
  /**
   * Id of the Data Catalog.
   *
   * @defaultValue the account's own catalog
   */
  readonly catalogId?: string;
}

/** How each part of {@link TableAddress} is checked. */
export const tableAddressRules: OptionRules<TableAddress> = {
  databaseName: required(text()),
  tableName: required(text()),
  catalogId: text(),
};

/** The address in Glue's own words. */
export function addressOf(table: TableAddress): { DatabaseName: string; CatalogId?: string } {
  return {
    DatabaseName: table.databaseName,
    ...(table.catalogId === undefined ? {} : { CatalogId: table.catalogId }),
  };
}

/**
 * Reads the table as it stands; `undefined` where the catalog has none of that name.
 *
 * @example
 * ```ts
 * import { GlueClient } from '@aws-sdk/client-glue';
 * import { readTable } from '@store/glue-schema/catalog';
 *
 * const table = await readTable(new GlueClient(), { databaseName: 'shop', tableName: 'order' });
 * console.log(table?.VersionId);
 * ```
 */
export async function readTable(
  glue: GlueClient,
  table: TableAddress,
  signal?: AbortSignal,
): Promise<Table | undefined> {
  checkGlueClient(glue);
  checkOptions(table, tableAddressRules, invalidOption);
  return await getTable(glue, table, signal);
}

/** {@link readTable} of an address that has been checked. */
export async function getTable(
  glue: GlueClient,
  table: TableAddress,
  signal: AbortSignal | undefined,
): Promise<Table | undefined> {
  try {
    const command = new GetTableCommand({ ...addressOf(table), Name: table.tableName });
    const answer = await callGlue({ action: 'GetTable', table, signal }, (call) => glue.send(command, call));
    return answer.Table;
  } catch (error) {
    if (error instanceof EntityNotFoundException) return undefined;
    throw error;
  }
}

/** {@link readTable}, where there must be one. */
export async function readExistingTable(
  glue: GlueClient,
  table: TableAddress,
  signal?: AbortSignal,
): Promise<Table> {
  const live = await getTable(glue, table, signal);
  if (live !== undefined) return live;
  throw notFound(`Table "${table.databaseName}.${table.tableName}" is not in the catalog`, table);
}

/** The error for a table, or a version of one, that is not there. */
export function notFound(message: string, table: TableAddress): GlueSchemaError {
  return new GlueSchemaError('TABLE_NOT_FOUND', `${message}; check names and region`, { ...table });
}

/** The archived versions, newest first, as Glue lists them. */
export async function readVersions(
  glue: GlueClient,
  table: TableAddress,
  signal?: AbortSignal,
): Promise<TableVersion[]> {
  const versions: TableVersion[] = [];
  let token: string | undefined;
  do {
    const command = new GetTableVersionsCommand({
      ...addressOf(table),
      TableName: table.tableName,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const page = await callGlue({ action: 'GetTableVersions', table, signal }, (call) =>
      glue.send(command, call),
    );
    versions.push(...(page.TableVersions ?? []));
    token = page.NextToken === '' ? undefined : page.NextToken;
  } while (token !== undefined);
  return versions.sort((a, b) => Number(b.VersionId ?? 0) - Number(a.VersionId ?? 0));
}

/**
 * A table as UpdateTable takes it back. Only what a `TableInput` has is kept: Glue refuses the rest, such as
 * `CreateTime` and `VersionId`.
 */
export function toInput(table: Table): TableInput {
  const input: TableInput = {
    Name: table.Name,
    Description: table.Description,
    Owner: table.Owner,
    LastAccessTime: table.LastAccessTime,
    LastAnalyzedTime: table.LastAnalyzedTime,
    Retention: table.Retention,
    StorageDescriptor: table.StorageDescriptor,
    PartitionKeys: table.PartitionKeys,
    ViewOriginalText: table.ViewOriginalText,
    ViewExpandedText: table.ViewExpandedText,
    TableType: table.TableType,
    Parameters: table.Parameters,
    TargetTable: table.TargetTable,
  };
  return withoutUndefined(input);
}

// The entries are the input's own, so the type stays what it was.
function withoutUndefined(input: TableInput): TableInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as TableInput;
}

/** True when two plain values say the same; a property that is absent equals one that is undefined. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(Object.entries(a).filter(([, value]) => value !== undefined));
  const right = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return left.size === right.size && [...left].every(([key, value]) => sameValue(value, right.get(key)));
}
