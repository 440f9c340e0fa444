import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { requireDatabase } from './databases.js';
import { notFound } from './glue-answers.js';
import type { CatalogContext } from './glue-state.js';
import { folded, nameText } from './table-input.js';

/** What Hive's and Spark's clients ask for before they start, and this catalog has none of. */
export const catalogReadActions: Actions<CatalogContext> = new Map([
  [
    'GetUserDefinedFunctions',
    action(
      structure(
        { Pattern: nameText, DatabaseName: nameText, MaxResults: integer(1, 100), NextToken: text() },
        ['Pattern'],
      ),
      ({ DatabaseName }, { state }: CatalogContext) => {
        if (DatabaseName !== undefined) requireDatabase(state, folded(DatabaseName, 'DatabaseName'));
        return { UserDefinedFunctions: [] };
      },
    ),
  ],
  [
    'GetUserDefinedFunction',
    action(
      structure({ DatabaseName: nameText, FunctionName: nameText }, ['DatabaseName', 'FunctionName']),
      ({ DatabaseName, FunctionName }, { state }: CatalogContext) => {
        requireDatabase(state, folded(DatabaseName, 'DatabaseName'));
        throw notFound(`Function ${FunctionName}`);
      },
    ),
  ],
  [
    // There was never an Athena catalog to import from.
    'GetCatalogImportStatus',
    action(structure({}), () => ({ ImportStatus: { ImportCompleted: true } })),
  ],
]);
