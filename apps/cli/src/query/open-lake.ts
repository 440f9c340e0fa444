import { resolve } from 'node:path';
import type { QueryOptions } from '@store/emulator';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { names } from '../inventory/names.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Lake } from './lake.js';

/** Which lake is meant. */
export interface LakeChoice {
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
  /** Folder that rows are written to. */
  readonly outputFolder?: string;
  /** What a query on files here may take; Athena has limits of its own. */
  readonly limits?: QueryOptions;
}

/** Whether Athena is meant: it was asked for, or the environment names an endpoint. */
export function asksAthena(choice: LakeChoice, terminal: Terminal): boolean {
  return choice.athena === true || endpointOf('ATHENA', terminal.env) !== undefined;
}

/** Opens Athena where it is meant; otherwise the folder. */
export async function openLake(choice: LakeChoice, terminal: Terminal): Promise<Lake> {
  if (!asksAthena(choice, terminal)) {
    const { openLakeFolder } = await import('./lake-folder.js');
    return openLakeFolder(
      resolve(terminal.cwd, choice.data),
      terminal.cwd,
      choice.outputFolder,
      choice.limits ?? {},
    );
  }
  const [{ AthenaClient }, { managedWorkGroup, queryAthena }, { writeRows }] = await Promise.all([
    import('@aws-sdk/client-athena'),
    import('../aws/athena.js'),
    import('./write-rows.js'),
  ]);
  const client = new AthenaClient(clientOptions('ATHENA', terminal.env));
  const isEmbedded = endpointOf('ATHENA', terminal.env) !== undefined;
  let group: Promise<string | undefined> | undefined;
  const ask = async (sql: string, signal: AbortSignal): ReturnType<typeof queryAthena> => {
    // On AWS, the account's own workgroup says where results go.
    group ??=
      choice.workgroup === undefined && isEmbedded
        ? managedWorkGroup(client)
        : Promise.resolve(choice.workgroup);
    const workGroup = await group;
    return queryAthena(client, sql, {
      database: names.database,
      signal,
      ...(workGroup === undefined ? {} : { workGroup }),
    });
  };
  return {
    stream: async (sql, sink, { signal, firstRows = Infinity }) => {
      const { columns, rows } = await ask(sql, signal);
      sink.columns(columns);
      const wanted = rows.slice(0, firstRows);
      await sink.rows(wanted);
      return wanted.length;
    },
    copyTo: async (sql, path, format, signal) => {
      const result = await ask(sql, signal);
      await writeRows(result, path, format);
      return result.rows.length;
    },
    columns: async (signal) => {
      const { rows } = await ask(everyColumn, signal);
      return rows.map(([database, table = '', name = '', type = '']) => ({
        table: database === names.database ? String(table) : `${String(database)}.${String(table)}`,
        name: String(name),
        type: String(type),
      }));
    },
    close: async () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}

const everyColumn = `select table_schema, table_name, column_name, data_type
from information_schema.columns
where table_schema <> 'information_schema'
order by table_schema, table_name, ordinal_position`;
