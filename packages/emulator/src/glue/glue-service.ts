import type { Clock } from '@store/foundation';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import { jsonDialect, refusalsOf } from '../wire/json-dialect.js';
import { actionsIn, type Actions, type ServiceEntry } from '../wire/service-entry.js';
import { catalogReadActions } from './catalog-reads.js';
import { databaseActions } from './databases.js';
import { type CatalogContext, type GlueEntry, GlueState } from './glue-state.js';
import { partitionIndexActions } from './partition-indexes.js';
import { partitionActions } from './partitions.js';
import { searchActions } from './search-tables.js';
import { tableCatalogOf } from './catalog-lookup.js';
import { tableVersionActions } from './table-versions.js';
import { tableActions } from './tables.js';
import { tagActions } from './tags.js';

/** How the catalog is kept. */
export interface GlueServiceOptions extends ServiceJournalOptions {
  readonly clock: Clock;
}

/** The Glue Data Catalog: its API, and what the rest of the endpoint reads of it. */
export interface GlueService extends ServiceEntry {
  readonly catalog: TableCatalog;
}

/** Every action that the catalog serves. */
export const glueActions: Actions<CatalogContext> = new Map([
  ...databaseActions,
  ...tableActions,
  ...tableVersionActions,
  ...partitionActions,
  ...partitionIndexActions,
  ...tagActions,
  ...searchActions,
  ...catalogReadActions,
]);

/** Opens the catalog and serves it. */
export async function createGlueService(options: GlueServiceOptions): Promise<GlueService> {
  const { clock } = options;
  const state = new GlueState();
  const journal = await openServiceJournal<GlueEntry>(state, options, ['InternalServiceException', 500]);
  const commit = (entry: GlueEntry): Promise<void> => journal.append(entry);
  return {
    scope: 'glue',
    target: 'AWSGlue',
    dialects: [jsonDialect('1.1')],
    actions: actionsIn(inTurn(glueActions), ({ accountId }) => ({
      state,
      accountId,
      seconds: () => Math.floor(clock.wallNow() / 1000),
      commit,
    })),
    refusals: refusalsOf({
      service: 'Glue',
      unknownAction: 'UnknownOperationException',
      wrongType: 'InvalidInputException',
      violated: 'ValidationException',
    }),
    catalog: tableCatalogOf(state),
    close: () => journal.close(),
  };
}

/** One action at a time: what it checked still holds when its entry is taken in. */
function inTurn(actions: Actions<CatalogContext>): Actions<CatalogContext> {
  let last: Promise<unknown> = Promise.resolve();
  const turned = [...actions].map(([name, { input, run }]) => {
    const wait = (given: unknown, catalog: CatalogContext): Promise<unknown> => {
      const turn = last.then(() => run(given, catalog));
      // The caller gets the error; the next action only waits for its turn.
      last = turn.catch(() => undefined);
      return turn;
    };
    return [name, { input, run: wait }] as const;
  });
  return new Map(turned);
}
