import type { Clock } from '@store/foundation';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { QueryFailure } from './athena-error.js';
import type { Execution } from './execution.js';
import type { PreparedStatements } from './prepared-statements.js';
import { runQuery, type QuerySink } from './query-runner.js';
import type { ResultStore, TextRow } from './result-store.js';
import type { ResultObject, ResultObjects } from './results/result-objects.js';
import { runStatement, type StatementOutcome, type StatementParts } from './statement-runner.js';
import type { WorkGroups } from './work-groups.js';

/** What queries run on. */
export interface ExecutionsOptions {
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  readonly workGroups: WorkGroups;
  readonly results: ResultStore;
  /** Told of faults of the endpoint itself; never throws. */
  readonly onTrouble: (error: unknown) => void;
  /** What statements besides SELECT work on; without it there are no objects either. */
  readonly workflow?: Omit<StatementParts, 'engine' | 'tables' | 'prepared'> & {
    readonly objects: ResultObjects;
    readonly prepared: PreparedStatements;
  };
}

/** Runs an execution to its end, with its result kept and its objects on disk; throws why it fails. */
export async function runExecution(execution: Execution, options: ExecutionsOptions): Promise<void> {
  const object = objectOf(execution, options);
  try {
    const file = options.results.writer(execution.id);
    const lines = rowsInto(execution, object);
    const sink: QuerySink = {
      columns(columns, scannedBytes) {
        execution.columns = columns;
        execution.scannedBytes = scannedBytes;
      },
      rows: async (rows) => {
        await file.add(rows);
        await lines(rows);
      },
    };
    let outcome: StatementOutcome;
    try {
      outcome = await answer(execution, sink, options);
    } finally {
      await file.finish();
    }
    // Without rows there is a header still.
    await lines([]);
    await publish(execution, object, outcome, options);
  } catch (error) {
    // What is left of a draft is removed with the next start.
    await object?.drop().catch(() => undefined);
    throw error;
  }
}

function objectOf(
  { id, kind, places }: Execution,
  { workflow }: ExecutionsOptions,
): ResultObject | undefined {
  if (places === undefined || (kind.result !== 'csv' && kind.result !== 'text')) return undefined;
  return workflow?.objects.rows(id, places, kind.result, kind.contentType);
}

async function answer(
  execution: Execution,
  sink: QuerySink,
  { engine, catalog, workGroups, workflow }: ExecutionsOptions,
): Promise<StatementOutcome> {
  const { id, statement, boundParameters: parameters, database, workGroup, abort, places } = execution;
  const mostScannedBytes = workGroups.scanLimit(workGroup);
  const request = { parameters, database, signal: abort.signal, mostScannedBytes, sink };
  if (workflow !== undefined) {
    const prepared = {
      put: async (name: string, query: string) => workflow.prepared.put(workGroup, name, query),
      drop: async (name: string) => workflow.prepared.drop(workGroup, name),
    };
    return runStatement(
      { ...request, id, statement, places },
      { ...workflow, engine, tables: catalog, prepared },
    );
  }
  if (statement.kind !== 'select') throw new QueryFailure('NOT_SUPPORTED: anything but SELECT here');
  await runQuery({ ...request, sql: statement.sql }, engine, catalog);
  return {};
}

/** Writes the objects of a statement that went through. */
async function publish(
  execution: Execution,
  object: ResultObject | undefined,
  { updateType, updateCount, objects, subtype }: StatementOutcome,
  { workflow }: ExecutionsOptions,
): Promise<void> {
  execution.updateCount = updateCount ?? (execution.kind.counts ? 0 : undefined);
  execution.subtype = subtype;
  const { id, places, columns = [] } = execution;
  if (workflow === undefined || places === undefined) return;
  await object?.finish();
  if (objects !== undefined) await workflow.objects.manifest(places, id, objects);
  if (columns.length > 0) {
    const { kind } = execution;
    const isPlanned = kind.type !== 'UTILITY';
    const facts = { queryId: id, updateType, updateCount, columns, isPlanned };
    await workflow.objects.metadata(places, facts, kind.contentType);
  }
}

/** Takes rows into the object of a result, whose first line may be a header. */
function rowsInto(
  execution: Execution,
  object: ResultObject | undefined,
): (rows: readonly TextRow[]) => Promise<void> {
  let needsHeader = execution.kind.header;
  return async (rows) => {
    const { columns } = execution;
    if (object === undefined) return;
    if (needsHeader && columns !== undefined) await object.add([columns.map(({ Name }) => Name)]);
    needsHeader = false;
    await object.add(rows);
  };
}
