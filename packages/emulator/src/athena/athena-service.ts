import { DurableError } from '@store/durable';
import type { DamagePolicy } from '../damage-policy.js';
import { type Journal, memoryJournal, openJournal } from '../journal.js';
import type { Clock } from '@store/foundation';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import { ServiceError } from '../wire/service-error.js';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { executionActions, Executions } from './executions.js';
import { ResultStore } from './result-store.js';
import { workGroupActions, type WorkGroupEntry, WorkGroups, WorkGroupState } from './work-groups.js';

/** What Athena runs on. */
export interface AthenaServiceOptions {
  /** The lake's engine; its connections have run `trinoSettings`, its database `trinoMacros`. */
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
  /**
   * Folder of the workgroups' journal.
   * @defaultValue none: the workgroups live as long as the process
   */
  readonly journal?: string;
  /** What is done about damage of the journal. @defaultValue it is refused */
  readonly policy?: DamagePolicy;
  /**
   * Folder of results that are too large for memory; it is emptied.
   * @defaultValue none: every result stays in memory
   */
  readonly results?: string;
}

/** Amazon Athena: queries over the lake, in Athena's SQL. */
export interface AthenaService extends ServiceEntry {
  /** Stops the queries that still run, and lets go of the journal. */
  close(): Promise<void>;
}

/** Serves Athena. */
export async function createAthenaService(options: AthenaServiceOptions): Promise<AthenaService> {
  const { clock } = options;
  const seconds = (): number => Math.floor(clock.wallNow() / 1000);
  const state = new WorkGroupState(seconds());
  const journal: Journal<WorkGroupEntry> =
    options.journal === undefined
      ? memoryJournal(state)
      : await openJournal({
          path: options.journal,
          state,
          ...(options.policy === undefined ? {} : { policy: options.policy }),
        });
  const commit = async (entry: WorkGroupEntry): Promise<void> => {
    try {
      await journal.append(entry);
    } catch (error) {
      throw error instanceof DurableError
        ? new ServiceError('InternalServerException', error.message, 500)
        : error;
    }
  };
  const workGroups = new WorkGroups(state, commit, seconds);
  const executions = new Executions({
    ...options,
    workGroups,
    results: await ResultStore.open(options.results),
  });
  return {
    scope: 'athena',
    target: 'AmazonAthena',
    dialects: [jsonDialect('1.1')],
    actions: new Map([
      ...actionsIn(executionActions, () => executions),
      ...actionsIn(workGroupActions, () => workGroups),
    ]),
    refusals: refusalsOf({
      service: 'Athena',
      unknownAction: 'UnknownOperationException',
      wrongType: 'InvalidRequestException',
      violated: 'InvalidRequestException',
    }),
    async close() {
      executions.close();
      await journal.close();
    },
  };
}
