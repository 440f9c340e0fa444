import {
  openSqlReader,
  queryDefaults,
  type QueryOptions,
  type SqlReader,
  type SqlTable,
} from '@store/emulator';
import { availableParallelism } from 'node:os';
import { findFiles, type FoundFile } from '../local/folder.js';
import { names } from '../inventory/names.js';
import { noRun, runNames } from '../inventory/runs.js';
import { assertFolder, noLake } from './no-lake.js';
import { lostFiles } from './lost-files.js';
import { allRows, type Lake, type LakeColumn, type RowSink } from './lake.js';

/** Memory of DuckDB in the process of a query, for each byte that the process may take. */
const DUCKDB_SHARE = 0.6;
const MIB = 1024 * 1024;

/** The tables of a lake's folder, each with its files. */
export interface LakeTables {
  /** Of a lake with several runs, the newest that has files. */
  readonly events: readonly FoundFile[];
  /** Tables beside it. */
  readonly more: readonly { readonly name: string; readonly files: readonly FoundFile[] }[];
}

/** Folder of the events of a run, as the delivery stream of `store up` names it. */
const runFolder = /[/\\]inventory[/\\]date(?:hour)?=[^/\\]+[/\\]run=(\d+)[/\\]/;
const runsFile = /[/\\]runs[/\\]runs\.parquet$/;

/**
 * Sorts the files of a lake by table. Where `store up` wrote them, which keeps its runs apart, the events are those of
 * the newest run, as the view at its endpoint has them; other lakes are one table of all files.
 */
export function lakeTables(files: readonly FoundFile[]): LakeTables {
  const runOf = ({ path }: FoundFile): number => Number(runFolder.exec(path)?.[1] ?? NaN);
  const all = files.filter((file) => !Number.isNaN(runOf(file)));
  if (all.length === 0) return { events: files, more: [] };
  // Not as arguments of one call: a lake may have more files than a call takes.
  const newest = all.reduce((most, file) => Math.max(most, runOf(file)), 0);
  const runs = files.filter(({ path }) => runsFile.test(path));
  return {
    events: all.filter((file) => [noRun, newest].includes(runOf(file))),
    more: [
      { name: runNames.allEvents, files: all },
      ...(runs.length === 0 ? [] : [{ name: runNames.runs, files: runs }]),
    ],
  };
}

/** Opens a lake that `store demo`, `store up`, `store emulator` or Firehose wrote; nothing in the folder is changed. */
export async function openLakeFolder(
  folder: string,
  cwd: string,
  outputFolder: string | undefined,
  limits: QueryOptions,
): Promise<Lake> {
  let found: readonly FoundFile[] | undefined = await lakeFiles(folder, cwd);
  const reader = await openFolderReader(folder, found, outputFolder, limits);
  /** The files that are there now: a shell stays open while others are delivered. */
  const tables = async (): Promise<readonly SqlTable[]> => {
    const files = found ?? (await lakeFiles(folder, cwd));
    found = undefined;
    const { events, more } = lakeTables(files);
    return [{ name: names.table, files: events }, ...more].map(({ name, files: of }) => ({
      name,
      files: of.map(({ path }) => path),
    }));
  };
  const streamOf =
    (of: readonly SqlTable[]): Lake['stream'] =>
    async (sql, sink, options) =>
      reader.stream(sql, readable(sink), { ...options, tables: of });
  return {
    stream: async (sql, sink, options) => streamOf(await tables())(sql, sink, options),
    copyTo: async (sql, path, format, signal) =>
      reader.copyTo(sql, path, format, { signal, tables: await tables() }),
    columns: async (signal) => {
      const columns: LakeColumn[] = [];
      const listed = await tables();
      for (const { name: table } of listed) {
        const { rows } = await allRows({ stream: streamOf(listed) }, `describe ${table}`, signal);
        columns.push(...rows.map(([name, type]) => ({ table, name: String(name), type: String(type) })));
      }
      return columns;
    },
    close: async () => reader.close(),
  };
}

/** The Parquet files of a lake, at least one; `cwd` is where the person stands, who is told how to make one. */
export async function lakeFiles(folder: string, cwd: string): Promise<readonly FoundFile[]> {
  await assertFolder(folder, cwd);
  const files = [...(await findFiles(folder, '.parquet')), ...lostFiles(folder, '.parquet')];
  if (files.length > 0) return files;
  throw noLake(`There is no Parquet file under ${folder}.`, folder, cwd);
}

/** Opens files of a lake for SQL, with a share of the machine. */
export async function openFolderReader(
  folder: string,
  files: readonly FoundFile[],
  outputFolder: string | undefined,
  limits: QueryOptions,
): Promise<SqlReader> {
  const memoryBytes = limits.memoryBytes ?? queryDefaults.memoryBytes;
  return openSqlReader({
    table: names.table,
    files: files.map(({ path }) => path),
    folder,
    queries: limits,
    duckDbMemoryBytes: Math.max(64 * MIB, Math.floor(memoryBytes * DUCKDB_SHARE)),
    duckDbThreads: availableParallelism(),
    ...(outputFolder === undefined ? {} : { outputFolder }),
  });
}

/** DuckDB leaves zeros at the end of a time out, Athena never does; the same row should read the same. */
function readable(sink: RowSink): RowSink {
  let times: readonly number[] = [];
  return {
    columns(columns) {
      times = columns.flatMap(({ type }, index) => (type === 'TIMESTAMP' ? [index] : []));
      sink.columns(columns);
    },
    rows: async (rows) => {
      const written = rows.map((row) => {
        const copy = [...row];
        for (const at of times) {
          const value = copy[at];
          if (typeof value === 'string') copy[at] = withMilliseconds(value);
        }
        return copy;
      });
      return sink.rows(written);
    },
  };
}

function withMilliseconds(time: string): string {
  const [whole = '', fraction = ''] = time.split('.', 2);
  return `${whole}.${fraction.padEnd(3, '0')}`;
}
