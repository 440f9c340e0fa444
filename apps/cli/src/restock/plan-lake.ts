import { join, resolve } from 'node:path';
import { DurableError, lockFolder, type FolderLock } from '@store/durable';
import type { SqlReader, SqlTable } from '@store/emulator';
import {
  planRestock,
  restockDefaults,
  stockNowDefaults,
  stockNowQuery,
  stockNowRewrite,
  stockNowStatus,
  type PlanOptions,
  type RestockPlan,
  type RunQuery,
} from '@store/restock';
import { names } from '../inventory/names.js';
import { plural } from '../output/format.js';
import { allRows } from '../query/lake.js';
import { lakeFiles, lakeTables, openFolderReader } from '../query/lake-folder.js';
import { asksAthena, openLake, type LakeChoice } from '../query/open-lake.js';
import { objectsOf } from '../query/query-result.js';
import { explainError } from '../terminal/explain-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { findState, keepState, type StateFinding, type StateSource } from './stock-state.js';

/** Which lake is planned, and how its state is kept. */
export interface PlanLakeChoice extends LakeChoice {
  /** Rebuild the state. */
  readonly rebuild?: boolean;
  /** No notes. */
  readonly quiet?: boolean;
}

/** What the plan is made by; the lake is the choice's. */
export type PlanLakeOptions = Omit<PlanOptions, 'table' | 'from' | 'to' | 'stockNow'>;

/** Folder of the state, in the lake's folder. */
const stateFolderName = '.stock-now';
const { stockNow } = stockNowDefaults;

/**
 * Finds low stock in a lake and plans the trucks. Athena reads the events; a folder keeps a state of its shelves, so that a
 * plan reads what was written since the last one.
 */
export async function planLake(
  choice: PlanLakeChoice,
  terminal: Terminal,
  options: PlanLakeOptions = {},
): Promise<RestockPlan> {
  if (!asksAthena(choice, terminal)) return planFolder(choice, terminal, options);
  const lake = await openLake(choice, terminal);
  const rowsOf: RunQuery = async (sql) => objectsOf(await allRows(lake, sql, terminal.signal));
  return planRestock(rowsOf, { ...options, table: names.table }).finally(async () => lake.close());
}

async function planFolder(
  choice: PlanLakeChoice,
  terminal: Terminal,
  options: PlanLakeOptions,
): Promise<RestockPlan> {
  const folder = resolve(terminal.cwd, choice.data);
  const { events: objects } = lakeTables(await lakeFiles(folder, terminal.cwd));
  const stateFolder = join(folder, stateFolderName);
  const note = (text: string): void => {
    if (choice.quiet !== true) terminal.stderr.write(`${text}\n`);
  };
  const lock = takeState(stateFolder, note);
  const reader = await openFolderReader(folder, objects, lock === undefined ? undefined : stateFolder, {});
  const { signal } = terminal;
  const on = (...tables: readonly SqlTable[]): RunQuery => rowsOn(reader, tables, signal);
  try {
    if (lock === undefined) {
      return await planRestock(on(tableOf(names.table, objects)), { ...options, table: names.table });
    }
    const rules = {
      recoveryMargin: options.recoveryMargin ?? restockDefaults.recoveryMargin,
      orderUpToFactor: options.orderUpToFactor ?? restockDefaults.orderUpToFactor,
    };
    const source = { lake: folder, objects, rules: JSON.stringify(rules) };
    const found: StateFinding =
      choice.rebuild === true
        ? { file: undefined, why: 'is to be rebuilt' }
        : await findState(stateFolder, source);
    if (found.file === undefined) {
      note(
        `The state of the shelves in ${stateFolder} ${found.why}: it is made from ${plural(objects.length, 'object')}.`,
      );
    }
    const file = await renewState({ reader, stateFolder, source, rules, found, signal });
    return await planRestock(on({ name: stockNow, files: [file] }), {
      ...options,
      table: names.table,
      stockNow,
    });
  } finally {
    await reader.close();
    lock?.release();
  }
}

/** The state for this plan alone; without one, where it cannot be had, the plan reads the events. */
function takeState(folder: string, note: (text: string) => void): FolderLock | undefined {
  try {
    return lockFolder(folder);
  } catch (error) {
    const why =
      error instanceof DurableError && error.code === 'FOLDER_IN_USE'
        ? 'another plan is renewing it'
        : `it cannot be kept there. ${explainError(error).message.replace(/\.$/, '')}`;
    note(`The plan reads every event and not the state of the shelves in ${folder}: ${why}.`);
    return undefined;
  }
}

interface Renewal {
  readonly reader: SqlReader;
  readonly stateFolder: string;
  readonly source: StateSource;
  readonly rules: Pick<PlanOptions, 'recoveryMargin' | 'orderUpToFactor'>;
  readonly found: StateFinding;
  readonly signal: AbortSignal;
}

/** Brings the state up to the lake's objects; gives its file. */
async function renewState(renewal: Renewal): Promise<string> {
  const { reader, stateFolder, source, rules, found, signal } = renewal;
  if (found.file !== undefined && found.lacks.length === 0) return found.file;
  const table = names.table;
  const written = (step: string): string => join(stateFolder, `writing-${step}.parquet`);
  const stateOf = (file: string): SqlTable => ({ name: stockNow, files: [file] });
  let file = written('events');
  if (found.file === undefined) {
    const tables = [tableOf(table, source.objects)];
    await reader.copyTo(stockNowQuery({ ...rules, table }), file, 'parquet', { tables, signal });
  } else {
    const tables = [tableOf(table, found.lacks), stateOf(found.file)];
    await reader.copyTo(stockNowRewrite({ ...rules, table }), file, 'parquet', { tables, signal });
    const { unsettledFrom: from } = await stockNowStatus(rowsOn(reader, [stateOf(file)], signal));
    if (from !== undefined) {
      const sql = stockNowRewrite({ ...rules, table, from, shelves: 'unsettled' });
      const settling = [tableOf(table, source.objects), stateOf(file)];
      file = written('settled');
      await reader.copyTo(sql, file, 'parquet', { tables: settling, signal });
    }
  }
  return keepState(stateFolder, file, source);
}

const tableOf = (name: string, files: readonly { readonly path: string }[]): SqlTable => ({
  name,
  files: files.map(({ path }) => path),
});

function rowsOn(reader: SqlReader, tables: readonly SqlTable[], signal: AbortSignal): RunQuery {
  const lake = {
    stream: async (sql: string, sink: Parameters<SqlReader['stream']>[1]) =>
      reader.stream(sql, sink, { tables, signal }),
  };
  return async (sql) => objectsOf(await allRows(lake, sql, signal));
}
