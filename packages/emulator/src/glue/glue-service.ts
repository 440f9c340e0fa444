import { openJournal, type Journal, memoryJournal } from '../journal.js';
import { JournalError } from '../journal-error.js';
import { JsonInput } from '../json-input.js';
import type { Clock } from '@store/foundation';
import type { JsonService } from '../wire/request-context.js';
import { ServiceError } from '../wire/service-error.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { createDatabase, deleteDatabase, getDatabase, getDatabases, updateDatabase } from './databases.js';
import { invalid } from './glue-error.js';
import { type CatalogContext, type GlueEntry, GlueState } from './glue-state.js';
import {
  batchCreatePartition,
  batchDeletePartition,
  batchGetPartition,
  createPartition,
  deletePartition,
  getPartition,
  getPartitions,
  updatePartition,
} from './partitions.js';
import { tableCatalogOf } from './table-catalog.js';
import {
  batchDeleteTableVersion,
  deleteTableVersion,
  getTableVersion,
  getTableVersions,
} from './table-versions.js';
import { batchDeleteTable, createTable, deleteTable, getTable, getTables, updateTable } from './tables.js';

/** How the catalog is kept. */
export interface GlueServiceOptions {
  /**
   * File of the catalog's journal.
   * @defaultValue none: the catalog lives as long as the process
   */
  readonly journal?: string;
  readonly clock: Clock;
  /** Called before the journal is written; throws what a full disk would. */
  readonly beforeWrite?: () => void;
}

/** The Glue Data Catalog: its API, and what the rest of the endpoint reads of it. */
export interface GlueService extends JsonService {
  readonly catalog: TableCatalog;
  /** Writes what is left and lets go of the journal. */
  close(): Promise<void>;
}

type Action = (input: JsonInput, catalog: CatalogContext) => unknown;

const actions: ReadonlyMap<string, Action> = new Map(
  Object.entries<Action>({
    CreateDatabase: createDatabase,
    UpdateDatabase: updateDatabase,
    GetDatabase: getDatabase,
    GetDatabases: getDatabases,
    DeleteDatabase: deleteDatabase,
    CreateTable: createTable,
    UpdateTable: updateTable,
    GetTable: getTable,
    GetTables: getTables,
    DeleteTable: deleteTable,
    BatchDeleteTable: batchDeleteTable,
    GetTableVersion: getTableVersion,
    GetTableVersions: getTableVersions,
    DeleteTableVersion: deleteTableVersion,
    BatchDeleteTableVersion: batchDeleteTableVersion,
    CreatePartition: createPartition,
    BatchCreatePartition: batchCreatePartition,
    UpdatePartition: updatePartition,
    GetPartition: getPartition,
    GetPartitions: getPartitions,
    BatchGetPartition: batchGetPartition,
    DeletePartition: deletePartition,
    BatchDeletePartition: batchDeletePartition,
  }),
);

/** Opens the catalog and serves it. */
export async function createGlueService(options: GlueServiceOptions): Promise<GlueService> {
  const { clock } = options;
  const state = new GlueState();
  const journal: Journal<GlueEntry> =
    options.journal === undefined
      ? memoryJournal(state)
      : await openJournal({
          path: options.journal,
          state,
          ...(options.beforeWrite === undefined ? {} : { beforeWrite: options.beforeWrite }),
        });
  // One action at a time: what it checked still holds when its entry is taken in.
  let last: Promise<unknown> = Promise.resolve();
  return {
    targetPrefix: 'AWSGlue',
    jsonVersion: '1.1',
    catalog: tableCatalogOf(state),
    async handle(action, input, context) {
      const act = actions.get(action);
      if (act === undefined) {
        throw new ServiceError('UnknownOperationException', `Glue's ${action} is not served here`);
      }
      const catalog: CatalogContext = {
        state,
        accountId: context.accountId,
        seconds: () => Math.floor(clock.wallNow() / 1000),
        commit: (entry) => journal.append(entry),
      };
      const run = last.then(async () => {
        try {
          return await act(new JsonInput(input ?? {}, invalid), catalog);
        } catch (error) {
          throw error instanceof JournalError ? unavailable(error) : error;
        }
      });
      // The caller gets the error; the next action only waits for its turn.
      last = run.catch(() => undefined);
      return run;
    },
    close: () => journal.close(),
  };
}

function unavailable(error: JournalError): ServiceError {
  return new ServiceError('InternalServiceException', error.message, 500);
}
