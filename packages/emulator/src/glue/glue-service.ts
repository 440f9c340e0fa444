import type { Clock } from '@store/foundation';
import { openServiceJournal, type ServiceJournalOptions } from '../journal.js';
import { KeyedTurns } from '../keyed-turns.js';
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

/** Runs one action at a time: what it checked still holds when its entry is taken in. */
function inTurn(actions: Actions<CatalogContext>): Actions<CatalogContext> {
  const turns = new KeyedTurns();
  const turned = [...actions].map(([name, { input, run }]) => {
    const wait = async (given: unknown, catalog: CatalogContext): Promise<unknown> =>
      turns.run('catalog', async () => run(given, catalog));
    return [name, { input, run: wait }] as const;
  });
  return new Map(turned);
}
