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

/** Opens Athena, if it was asked for or the environment names an endpoint; otherwise the folder. */
export async function openLake(choice: LakeChoice, terminal: Terminal): Promise<Lake> {
  if (choice.athena !== true && endpointOf('ATHENA', terminal.env) === undefined) {
    const { openLakeFolder } = await import('./lake-folder.js');
    return openLakeFolder(resolve(terminal.cwd, choice.data), choice.outputFolder, choice.limits ?? {});
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
    close: async () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}
