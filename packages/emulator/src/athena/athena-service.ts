import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import type { Clock } from '@store/foundation';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { executionActions, Executions } from './executions.js';
import { ResultStore } from './result-store.js';
import { workGroupActions, type WorkGroupEntry, WorkGroups, WorkGroupState } from './work-groups.js';

/** What Athena runs on. */
export interface AthenaServiceOptions extends ServiceJournalOptions {
  /** The lake's engine; its connections have run `trinoSettings`, its database `trinoMacros`. */
  readonly engine: SqlEngine;
  readonly catalog: TableCatalog;
  readonly clock: Clock;
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
  const journal = await openServiceJournal<WorkGroupEntry>(state, options, ['InternalServerException', 500]);
  const commit = (entry: WorkGroupEntry): Promise<void> => journal.append(entry);
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
