import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder } from '@store/durable';
import { ServiceError } from '../../wire/service-error.js';
import type { DamagePolicy } from '../../damage-policy.js';
import { walkFiles } from '../../lake/lake-files.js';
import { partitionFolder } from '../../lake/partition-folder.js';
import type { CopyTarget, SqlRunOptions } from '../../lake/query-engine.js';
import { sqlName } from '../../lake/sql-quoting.js';
import { queryLimits } from '../../query/query-limits.js';
import { notSupported, QueryFailure } from '../athena-error.js';
import { asFolder, s3Address, type S3Place } from '../results/result-location.js';
import {
  type Announcement,
  carryOut,
  finishPlans,
  PLAN_FILE,
  type PlanTarget,
  type WritePlan,
} from './write-plan.js';

/** Writes the rows of a statement to files, in the process that runs it. */
export type CopyRows = (sql: string, target: CopyTarget, options: SqlRunOptions) => Promise<number>;

/** What writes of statements depend on. */
export interface TableWriterOptions extends PlanTarget {
  /** Folder of what is not published yet. */
  readonly folder: string;
  readonly copy: CopyRows;
  /** What is done about a plan that cannot be read. @defaultValue it is refused */
  readonly policy?: DamagePolicy | undefined;
}

/** One file, or a folder of partitions, that a statement writes. */
export interface WriteRequest {
  /** The query's, which names the objects. */
  readonly id: string;
  readonly sql: string;
  readonly options: SqlRunOptions;
  readonly place: S3Place;
  readonly format: 'parquet' | 'json';
  readonly compression: string;
  readonly partitionKeys: readonly string[];
  /** What the catalog is told once the rows are in place, by the folders that were written. */
  readonly announce: (folders: readonly string[]) => readonly Announcement[];
}

/** What became of a write. */
export interface Written {
  readonly rows: number;
  /** Addresses of the objects. */
  readonly objects: readonly string[];
}

/**
 * Publishes what statements write. A process of the query writes into a folder of its own; then the plan of what goes
 * where is put on disk, and from there on it is carried out, by the next start if need be. Before it, a kill leaves
 * nothing; after it, everything gets there.
 */
export class TableWriter {
  readonly #options: TableWriterOptions;

  private constructor(options: TableWriterOptions) {
    this.#options = options;
  }

  /** Opens the folder: finishes what was planned, and removes what was not. */
  static async open(options: TableWriterOptions): Promise<TableWriter> {
    const { policy = { onDamage: 'refuse', report: () => undefined } } = options;
    await finishPlans(options.folder, options, policy);
    return new TableWriter(options);
  }

  /** Runs the statement and publishes its rows. */
  async write(request: WriteRequest): Promise<Written> {
    const folder = join(this.#options.folder, request.id);
    await mkdir(folder, { recursive: true });
    try {
      const rows = await this.#copy(request, folder);
      const files = await filesOf(folder);
      const plan = planOf(request, files);
      for (const { from } of plan.moves) await syncFile(join(folder, from));
      if (request.options.signal?.aborted === true) throw request.options.signal.reason;
      const draft = join(folder, `${PLAN_FILE}.part`);
      await writeFile(draft, JSON.stringify(plan));
      await syncFile(draft);
      await rename(draft, join(folder, PLAN_FILE));
      await syncFolder(folder);
      await syncFolder(dirname(folder));
      await this.#publish(plan, folder);
      return { rows, objects: plan.moves.map(({ to }) => s3Address(to)) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #publish(plan: WritePlan, folder: string): Promise<void> {
    try {
      await carryOut(plan, folder, this.#options);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new QueryFailure(`HIVE_METASTORE_ERROR: ${error.message}`);
    }
  }

  async #copy(
    { sql, options, format, compression, partitionKeys }: WriteRequest,
    folder: string,
  ): Promise<number> {
    const isPartitioned = partitionKeys.length > 0;
    const target = join(folder, isPartitioned ? 'rows' : 'rows.part');
    const keys = partitionKeys.map(sqlName).join(', ');
    const words = [
      format === 'parquet' ? 'FORMAT parquet' : isPartitioned ? LINES : 'FORMAT json',
      `COMPRESSION ${compression}`,
      ...(isPartitioned ? [`PARTITION_BY (${keys})`] : []),
    ];
    const given = format === 'json' && isPartitioned ? jsonLines(sql, keys) : sql;
    const limited = `SELECT * FROM (${given}) LIMIT ${queryLimits.writtenRows + 1}`;
    const rows = await this.#options
      .copy(limited, { path: target, options: words.join(', ') }, options)
      .catch((error: unknown) => {
        if (!(error instanceof Error && error.message.includes('File name too long'))) throw error;
        throw notSupported(
          'a partition value of more than about 240 bytes, where one outside A to Z, a to z and 0 to 9 takes three; write shorter ones',
        );
      });
    if (rows <= queryLimits.writtenRows) return rows;
    throw new QueryFailure(
      `Query exhausted resources at this scale factor. It would write more than ${queryLimits.writtenRows} rows; write fewer at a time, with a condition`,
    );
  }
}

/** The engine partitions no JSON: what it writes instead is text, one line a row. */
const LINES = `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\n'`;

/** Each row as a line of JSON, without the keys of its partition, which stay beside it. */
function jsonLines(sql: string, keys: string): string {
  return `SELECT to_json(struct_pack(*COLUMNS(* EXCLUDE (${keys})))) AS "$json", ${keys} FROM (${sql})`;
}

async function filesOf(
  folder: string,
): Promise<readonly { readonly path: string; readonly values: readonly string[] }[]> {
  const files: { path: string; values: readonly string[] }[] = [];
  for await (const { path, folder: isFolder } of walkFiles(folder)) {
    if (isFolder) continue;
    const parts = path.split(/[\\/]/).slice(0, -1);
    files.push({ path, values: parts[0] === 'rows' ? parts.slice(1).map(writtenValue) : [] });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The engine writes a folder `key=value` with each byte escaped that no URL holds, in UTF-8. */
function writtenValue(folder: string): string {
  return decodeURIComponent(folder.slice(folder.indexOf('=') + 1));
}

function planOf(request: WriteRequest, files: Awaited<ReturnType<typeof filesOf>>): WritePlan {
  const { id, place, format, compression } = request;
  const keys = request.partitionKeys.map((Name) => ({ Name }));
  const below = files.map(({ values }) => partitionFolder(keys.slice(0, values.length), values));
  const folders = [...new Set(below.filter((folder) => folder !== ''))];
  // Whoever reads text takes its compression from the ending.
  const ending = format === 'json' && compression === 'gzip' ? 'json.gz' : format;
  if (folders.length > queryLimits.writtenPartitions) {
    throw new QueryFailure(
      `HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of ${queryLimits.writtenPartitions} open writers for partitions/buckets`,
    );
  }
  return {
    moves: files.map(({ path }, index) => ({
      from: path,
      to: {
        bucket: place.bucket,
        key: `${place.key}${asFolder(below[index] ?? '')}${id.replaceAll('-', '_')}_${String(index).padStart(5, '0')}.${ending}`,
      },
    })),
    announcements: request.announce(folders),
  };
}
