import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LakeGauges } from '@store/page-protocol';
import { names } from '../inventory/names.js';
import { runNames } from '../inventory/runs.js';
import { findFiles } from '../local/folder.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';

/** Counts the rows of the lake, by SQL over Parquet and what is acknowledged but not written out yet. */
export async function readLakeGauges(
  endpoint: Pick<RestartableEndpoint, 'query' | 'lakeDir'>,
): Promise<LakeGauges> {
  const [row] = await endpoint.query(
    `select count(*) as n, count(distinct concat(run, '/', event_id)) as d from ${names.database}.${runNames.allEvents}`,
  );
  const folder = join(endpoint.lakeDir, names.bucket, 'inventory');
  const files = existsSync(folder) ? await findFiles(folder, '.parquet') : [];
  return {
    rows: Number(row?.n ?? 0),
    distinctEvents: Number(row?.d ?? 0),
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
