import { inertText } from '@store/foundation';
import { IntakeError, type IntakeProblem } from '../errors.js';
import type { MappingDocument } from './document.js';
import { headerProblems } from './header.js';
import { mappingOfForms } from './mapping-forms.js';
import { mappingOfFunction, type MappingFunction } from './mapping-function.js';
import { readMapping } from './read-mapping.js';
import { runMapping, type MappedRecord, type Mapping } from './run-mapping.js';

/** What {@link compileMapping} takes. */
export type MappingSource = MappingFunction | string | object | readonly object[];

/**
 * Compiles a mapping: a document, its text, or the value that a program has of it; several documents, where a source has several
 * forms; or a function of the caller's. Documents are checked whole before.
 *
 * @param name - of a function, for messages; its own where it is left out
 *
 * @throws IntakeError `INVALID_MAPPING`: see {@link readMapping}
 *
 * @example
 * ```ts
 * import { compileMapping } from '@store/intake';
 *
 * const mapping = compileMapping({
 *   version: 1,
 *   name: 'counts',
 *   mode: 'snapshot',
 *   fields: {
 *     store_id: { from: 'Shop' },
 *     product_id: { from: 'SKU' },
 *     current_stock: { from: 'On hand' },
 *     event_time: { from: 'Counted', zone: 'Europe/Oslo' },
 *   },
 * });
 * const run = mapping.start({ columns: ['Shop', 'SKU', 'On hand', 'Counted'] });
 * const { events } = run.read({ Shop: 'S1', SKU: 'A-7', 'On hand': '8', Counted: '2026-01-05 09:00' });
 * console.log(events[0]?.event_time, events[0]?.current_stock); // 2026-01-05T08:00:00.000Z 8
 *
 * // A function, where a document does not say enough. It gives the event's own fields.
 * const tills = compileMapping(({ branch, article, left }) => ({
 *   event_type: 'stock_count',
 *   store_id: branch,
 *   product_id: article,
 *   current_stock: left,
 * }));
 * console.log(tills.start().read({ branch: 'S1' }).rejected[0]?.code); // MISSING
 * ```
 */
export function compileMapping(source: MappingSource, name?: string): Mapping {
  if (typeof source === 'function') {
    // The parse boundary: what is no function of this kind refuses its records.
    const map = source as MappingFunction;
    return mappingOfFunction(map, name ?? (map.name === '' ? 'function' : map.name));
  }
  if (!Array.isArray(source)) return mappingOf(readMapping(source));
  const [first, ...others] = source.map((document: unknown) =>
    mappingOf(readMapping(typeof document === 'object' && document !== null ? document : {})),
  );
  if (first === undefined) return mappingOf(readMapping(source));
  return mappingOfForms([first, ...others]);
}

/**
 * Reads one record that stands by itself, such as a message: what it may continue, and what was counted before, is not known.
 *
 * @example
 * ```ts
 * import { compileMapping, mapRecord, presets } from '@store/intake';
 *
 * const square = compileMapping(presets.square);
 * const count = { catalog_object_id: 'P', location_id: 'L', quantity: '3', state: 'IN_STOCK' };
 * const message = { data: { object: { inventory_counts: [{ ...count, calculated_at: '2026-03-02T09:15:30Z' }] } } };
 * console.log(mapRecord(message, square).events[0]?.current_stock); // 3
 * ```
 */
export function mapRecord(record: unknown, mapping: Mapping): MappedRecord {
  return mapping.start().read(record);
}

function mappingOf(document: MappingDocument): Mapping {
  return {
    name: document.name,
    document,
    checkHeader: (columns) => headerProblems(document, columns),
    start(options = {}) {
      const problems = options.columns === undefined ? [] : headerProblems(document, options.columns);
      if (problems.length === 0) return runMapping(document, options);
      throw headerMismatch(document.name, problems, options.columns ?? []);
    },
  };
}

function headerMismatch(
  name: string,
  problems: readonly IntakeProblem[],
  header: readonly string[],
): IntakeError {
  const wrong = problems.map(({ path, message }) => `${path}: ${message}`).join(' ');
  const found = header
    .slice(0, 40)
    .map((column) => inertText(column, 80))
    .join(', ');
  const more = header.length > 40 ? `, and ${header.length - 40} more` : '';
  const message = `The header does not fit the mapping ${name}. ${wrong} The header has: ${found}${more}.`;
  return new IntakeError('HEADER_MISMATCH', message, problems);
}
