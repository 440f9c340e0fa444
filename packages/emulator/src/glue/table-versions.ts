import type { JsonInput } from '../json-input.js';
import { ServiceError } from '../wire/service-error.js';
import { invalid, notFound } from './glue-error.js';
import { pageOf } from './glue-paging.js';
import type { CatalogContext } from './glue-state.js';
import type { StoredTable, TableRecord } from './glue-state.js';
import { requireTable } from './tables.js';

/** All versions that are kept, newest first. */
export function versionsOf({ current, archived }: TableRecord): readonly StoredTable[] {
  return [...archived, current].toSorted((a, b) => Number(b.VersionId) - Number(a.VersionId));
}

function describe(table: StoredTable): unknown {
  return { Table: table, VersionId: table.VersionId };
}

/** `GetTableVersion`; without a version the current one. */
export function getTableVersion(input: JsonInput, { state }: CatalogContext): unknown {
  const record = requireTable(state, input);
  const wanted = input.optionalString('VersionId', { min: 1, max: 255 });
  if (wanted === undefined) return { TableVersion: describe(record.current) };
  const found = versionsOf(record).find(({ VersionId }) => VersionId === wanted);
  if (found === undefined) throw notFound(`Table version ${wanted}`);
  return { TableVersion: describe(found) };
}

/** `GetTableVersions`, newest first. */
export function getTableVersions(input: JsonInput, { state }: CatalogContext): unknown {
  const { items, nextToken } = pageOf(versionsOf(requireTable(state, input)), input, 100);
  return { TableVersions: items.map(describe), NextToken: nextToken };
}

/** `DeleteTableVersion`; the current version stays. */
export async function deleteTableVersion(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  await dropVersion(record, input.string('VersionId', { min: 1, max: 255 }), catalog);
  return {};
}

async function dropVersion(
  { current, archived }: TableRecord,
  version: string,
  catalog: CatalogContext,
): Promise<void> {
  if (current.VersionId === version) {
    throw invalid(`Version ${version} is the table's current one; delete the table, or update it`);
  }
  if (!archived.some(({ VersionId }) => VersionId === version)) {
    throw notFound(`Table version ${version}`);
  }
  const { DatabaseName: database, Name: name } = current;
  await catalog.commit({ op: 'drop-version', database, name, version });
}

/** `BatchDeleteTableVersion` */
export async function batchDeleteTableVersion(input: JsonInput, catalog: CatalogContext): Promise<unknown> {
  const record = requireTable(catalog.state, input);
  const errors: unknown[] = [];
  for (const version of input.optionalStrings('VersionIds', { max: 100 }) ?? []) {
    try {
      await dropVersion(record, version, catalog);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({
        TableName: record.current.Name,
        VersionId: version,
        ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
      });
    }
  }
  return { Errors: errors };
}
