import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { inertText } from '@store/foundation';
import { clientOptions } from '../aws/client-options.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import { shellWord } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { describeStream } from './described-stream.js';

/**
 * Refuses to send columns that the stream's table does not have: conversion to Parquet drops them and says nothing. A
 * stream without conversion keeps them. What may not be looked up is told on standard error.
 *
 * @param world - path of the world file that has the columns
 * @throws CliError `USAGE`
 */
export async function checkColumns(
  stream: string,
  columns: readonly string[],
  world: string,
  { env, stderr, signal }: Terminal,
): Promise<void> {
  if (columns.length === 0) return;
  const table = await tableOf(stream, env, signal).catch((error: unknown) => {
    const reason = inertText(explainError(error).message).replace(/\.$/, '');
    stderr.write(
      `Whether the table of ${stream} has the columns ${columns.join(', ')} is unknown: ${reason}. Without them, they are lost.\n`,
    );
    return undefined;
  });
  if (table === undefined) return;
  const missing = columns.filter((name) => !table.columns.has(name));
  if (missing.length === 0) return;
  throw new CliError(
    'USAGE',
    `The table ${table.name} of ${stream} has no column ${missing.join(', ')} of the world file; what it lacks is lost.`,
    {
      fix: `Add the columns to the table, or take them out of \`extra\`. \`store demo --world ${shellWord(world)}\` makes a new table with them.`,
    },
  );
}

interface Table {
  readonly name: string;
  readonly columns: ReadonlySet<string>;
}

/** The table that a stream converts to; undefined where it converts nothing. */
async function tableOf(
  stream: string,
  env: Terminal['env'],
  abortSignal: AbortSignal,
): Promise<Table | undefined> {
  const firehose = new FirehoseClient({ ...clientOptions('FIREHOSE', env), maxAttempts: 2 });
  const glue = new GlueClient({ ...clientOptions('GLUE', env), maxAttempts: 2 });
  try {
    const { table } = await describeStream(firehose, stream, abortSignal);
    if (table === undefined) return undefined;
    const { database: DatabaseName, name: Name, catalogId } = table;
    const { Table } = await glue.send(
      new GetTableCommand({
        DatabaseName,
        Name,
        ...(catalogId === undefined ? {} : { CatalogId: catalogId }),
      }),
      { abortSignal },
    );
    const columns = Table?.StorageDescriptor?.Columns ?? [];
    return {
      name: `${DatabaseName}.${Name}`,
      columns: new Set(columns.map(({ Name }) => Name ?? '')),
    };
  } finally {
    firehose.destroy();
    glue.destroy();
  }
}
