import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quietly } from '../failure-kind.js';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import type { Clock } from '@store/foundation';
import { actionsIn, type ServiceEntry } from '../wire/service-entry.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import type { SqlEngine } from '../lake/query-engine.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { athenaDialect, athenaRefusals } from './athena-dialect.js';
import { executionActions, Executions } from './executions.js';
import type { ExecutionsOptions } from './run-execution.js';
import { ResultStore } from './result-store.js';
import { AthenaState, type AthenaEntry } from './athena-state.js';
import { dataCatalogActions } from './data-catalogs.js';
import { CatalogAccess, type GlueCall } from './ddl/catalog-access.js';
import { TableWriter, type CopyRows } from './ddl/table-writer.js';
import { NamedQueries, namedQueryActions } from './named-queries.js';
import { PreparedStatements, preparedStatementActions } from './prepared-statements.js';
import { ResultObjects } from './results/result-objects.js';
import { workGroupActions, WorkGroups } from './work-groups.js';

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
  /**
   * What statements besides SELECT need, and the objects of results.
   * @defaultValue none: only SELECT runs, and its result is no object
   */
  readonly workflow?: AthenaWorkflow;
  /** Told of faults of the endpoint itself, of which a client only hears that they are. */
  readonly onTrouble?: ((error: unknown) => void) | undefined;
}

/** What statements that change something work on. */
export interface AthenaWorkflow {
  readonly lake: LakeFolder;
  readonly glue: GlueCall;
  readonly copy: CopyRows;
  /** Folder of what is written and not published yet; what was planned in it is finished. */
  readonly folder: string;
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
  const state = new AthenaState(seconds());
  const journal = await openServiceJournal<AthenaEntry>(state, options, ['InternalServerException', 500]);
  const commit = (entry: AthenaEntry): Promise<void> => journal.append(entry);
  const workGroups = new WorkGroups(state.workGroups, commit, seconds);
  const prepared = new PreparedStatements(state, commit, seconds, workGroups);
  const named = new NamedQueries(state, commit, workGroups);
  const { workflow, ...rest } = options;
  const catalogAccess = new CatalogAccess(
    workflow?.glue ?? (async () => Promise.reject(new Error('There is no catalog.'))),
  );
  const executions = new Executions({
    ...rest,
    onTrouble: quietly(options.onTrouble),
    workGroups,
    results: await ResultStore.open(options.results),
    ...(workflow === undefined ? {} : { workflow: await openWorkflow(workflow) }),
  });

  async function openWorkflow({
    lake,
    glue,
    copy,
    folder,
  }: AthenaWorkflow): Promise<NonNullable<ExecutionsOptions['workflow']>> {
    const drafts = join(folder, 'results');
    // What a kill has left there belongs to no query any more.
    await rm(drafts, { recursive: true, force: true });
    return {
      lake,
      seconds,
      prepared,
      catalog: catalogAccess,
      objects: new ResultObjects({ lake, drafts }),
      writer: await TableWriter.open({
        lake,
        glue,
        copy,
        folder: join(folder, 'writes'),
        policy: rest.policy,
      }),
    };
  }

  return {
    scope: 'athena',
    target: 'AmazonAthena',
    dialects: [athenaDialect()],
    actions: new Map([
      ...actionsIn(executionActions, () => executions),
      ...actionsIn(workGroupActions, () => workGroups),
      ...actionsIn(preparedStatementActions, () => prepared),
      ...actionsIn(namedQueryActions, () => named),
      ...(workflow === undefined ? [] : actionsIn(dataCatalogActions, () => catalogAccess)),
    ]),
    refusals: athenaRefusals(),
    async close() {
      executions.close();
      await journal.close();
    },
  };
}
