import type { LakeGauges } from '@store/page-protocol';
import { existsSync } from 'node:fs';
import { findFiles } from '../local/find-files.js';
import { names } from '../inventory/names.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';

/** Counts what lies in the lake, by SQL over Parquet and what is acknowledged but not written out yet. */
export async function readLakeGauges(endpoint: RestartableEndpoint): Promise<LakeGauges> {
  const startedAt = performance.now();
  const [row] = await endpoint.query(
    `select count(*) as n, count(distinct event_id) as d from ${names.database}.${names.table}`,
  );
  const freshnessMs = Math.round(performance.now() - startedAt);
  const files = existsSync(endpoint.lakeDir) ? await findFiles(endpoint.lakeDir, '.parquet') : [];
  return {
    rows: Number(row?.n ?? 0),
    distinctEvents: Number(row?.d ?? 0),
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    freshnessMs,
  };
}
