import type { GlueClient } from '@aws-sdk/client-glue';
import { listTableVersions, rollbackTable } from '@store/glue-schema/catalog';
import type { SchemaOutput } from './schema-output.js';

/** Which table of the catalog. */
export interface SchemaTableOptions {
  readonly database: string;
  readonly table: string;
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

const addressOf = ({
  database,
  table,
  signal,
}: SchemaTableOptions): { databaseName: string; tableName: string; signal?: AbortSignal } => ({
  databaseName: database,
  tableName: table,
  ...(signal === undefined ? {} : { signal }),
});

/** `store schema versions`: the table's versions, newest first. */
export async function runSchemaVersions(
  options: SchemaTableOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const versions = await listTableVersions(glue, addressOf(options));
  if (options.json === true) {
    output.stdout(`${JSON.stringify(versions, null, 2)}\n`);
    return 0;
  }
  for (const { versionId, updatedAt, columns } of versions) {
    const when = updatedAt === undefined ? '' : `  ${updatedAt.toISOString()}`;
    output.stdout(
      `${versionId.padStart(4)}${when}  ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}\n`,
    );
  }
  return 0;
}

/** Flags of `store schema rollback`. */
export interface SchemaRollbackOptions extends SchemaTableOptions {
  /** The version to go back to. */
  readonly to: string;
  readonly dryRun?: boolean;
}

/** `store schema rollback`: makes an archived version the newest one. */
export async function runSchemaRollback(
  options: SchemaRollbackOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { to, dryRun = false, database, table } = options;
  const result = await rollbackTable(glue, { ...addressOf(options), versionId: to, dryRun });
  const { action, versionId } = result;
  output.stdout(
    options.json === true
      ? `${JSON.stringify({ action, versionId })}\n`
      : `${database}.${table}: ${action}${versionId === undefined ? '' : `, version ${versionId}`}\n`,
  );
  return 0;
}
