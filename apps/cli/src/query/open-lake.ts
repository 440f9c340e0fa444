import { resolve } from 'node:path';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { names } from '../inventory/names.js';
import type { Terminal } from '../terminal/terminal.js';
import type { LakeFolder } from './lake-folder.js';

/** Which lake is meant. */
export interface LakeChoice {
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
}

/** Opens Athena, if it was asked for or the environment names an endpoint; otherwise the folder. */
export async function openLake(choice: LakeChoice, terminal: Terminal): Promise<LakeFolder> {
  if (choice.athena !== true && endpointOf('ATHENA', terminal.env) === undefined) {
    const { openLakeFolder } = await import('./lake-folder.js');
    return openLakeFolder(resolve(terminal.cwd, choice.data));
  }
  const [{ AthenaClient }, { queryAthena }, { writeRows }] = await Promise.all([
    import('@aws-sdk/client-athena'),
    import('../aws/athena.js'),
    import('./write-rows.js'),
  ]);
  const client = new AthenaClient(clientOptions('ATHENA', terminal.env));
  const run: LakeFolder['run'] = async (sql, signal) =>
    queryAthena(client, sql, {
      database: names.database,
      signal,
      ...(choice.workgroup === undefined ? {} : { workGroup: choice.workgroup }),
    });
  return {
    run,
    copyTo: async (sql, path, format, signal) => {
      const result = await run(sql, signal);
      await writeRows(result, path, format);
      return result.rows.length;
    },
    close: () => {
      client.destroy();
    },
  };
}
