import type { Column } from '@store/glue-schema';
import { inventoryEventSchema, workshopEventSchema } from '@store/schema';
import { IntakeError } from '../errors.js';
import { matchColumns } from './csv-header.js';

/** Columns that follow from the others where a source has none. */
const derived: ReadonlySet<string> = new Set(['event_id', 'is_low_stock']);
/** What the nine-field record of the workshop must have to be one. */
const workshopNeeds: ReadonlySet<string> = new Set([
  'store_id',
  'product_id',
  'product_name',
  'current_stock',
  'threshold_level',
  'check_timestamp',
]);

/** `location.city`, by every name that a header may have for it. */
function namesOf(columns: readonly Column[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, type } of columns) {
    names.set(name, name);
    if (type.kind === 'struct')
      for (const field of type.fields)
        for (const joint of ['.', '_']) names.set(`${name}${joint}${field.name}`, `${name}.${field.name}`);
  }
  return names;
}

const forms = [
  { name: 'an inventory event', columns: namesOf(inventoryEventSchema.columns), needs: undefined },
  { name: 'the record of the workshop', columns: namesOf(workshopEventSchema.columns), needs: workshopNeeds },
] as const;

/**
 * Returns how the fields of a row become a record with the event's own names, or those of the workshop's record: by the
 * exact name, or where there is none by letters and digits alone (`Event ID`, `LOCATION CITY`). Empty fields are left out;
 * columns of other names are passed over.
 *
 * @throws `IntakeError` `HEADER_MISMATCH`, with all that is missing and all that is not known.
 *
 * @example
 * ```ts
 * import { ownColumns } from '@store/intake';
 *
 * const header = ['Store ID', 'product_id', 'product_name', 'current_stock', 'threshold_level', 'check_timestamp'];
 * console.log(ownColumns(header, 1)(['S1', 'A-7', 'Milk', '8', '', '1767600000']));
 * // { store_id: 'S1', product_id: 'A-7', product_name: 'Milk', current_stock: '8', check_timestamp: '1767600000' }
 * ```
 */
export function ownColumns(names: readonly string[], line: number): (fields: readonly unknown[]) => unknown {
  return placing([...ownPlaces(names, line)]);
}

/** Returns the index of each own column that a header has, struct fields as `location.city`; throws as {@link ownColumns}. */
export function ownPlaces(names: readonly string[], line: number): ReadonlyMap<string, number> {
  const tried = forms.map((form) => ({ ...form, ...matchColumns(names, form.columns, line) }));
  const [events, workshop] = tried;
  const best =
    workshop !== undefined && events !== undefined && workshop.found.size > events.found.size
      ? workshop
      : events;
  if (best === undefined) throw new IntakeError('NO_HEADER', 'No form of records is known.');
  const keys = new Set(best.columns.values());
  const has = (key: string): boolean =>
    // A struct is there as a whole (Parquet), or by its fields.
    best.found.has(key) ||
    best.found.has(key.split('.')[0] ?? '') ||
    [...keys].some((one) => one.startsWith(`${key}.`));
  const missing = [...keys].filter((key) => !has(key) && (best.needs?.has(key) ?? !derived.has(key)));
  if (missing.length > 0) throw mismatch(best.name, names, missing, best.unknown, line);
  return best.found;
}

function mismatch(
  form: string,
  names: readonly string[],
  missing: readonly string[],
  unknown: readonly string[],
  line: number,
): IntakeError {
  const known = names.length - unknown.length;
  const also = unknown.length === 0 ? '' : ` Not known: ${listed(unknown)}.`;
  return new IntakeError(
    'HEADER_MISMATCH',
    `The header, line ${line}, is not that of ${form}: ${known} of ${names.length} columns are known. Missing: ${listed(missing)}.${also}`,
    [
      ...missing.map((path) => ({ path, message: 'is missing' })),
      ...unknown.map((path) => ({ path, message: 'is not known' })),
    ],
    {
      line,
      fix: 'Name a mapping with --map (`store map list` shows those that are there, `store map suggest FILE` writes one), or rename the columns.',
    },
  );
}

const listed = (names: readonly string[]): string =>
  names
    .slice(0, 30)
    .map((name) => JSON.stringify(name.slice(0, 60)))
    .join(', ') + (names.length > 30 ? `, and ${names.length - 30} more` : '');

function placing(
  found: readonly (readonly [key: string, index: number])[],
): (fields: readonly unknown[]) => unknown {
  const places = found.map(([key, index]) => {
    const [column = '', field] = key.split('.');
    return { column, field, index };
  });
  return (fields) => {
    const record: Record<string, unknown> = {};
    for (const { column, field, index } of places) {
      const value = fields[index];
      if (value === undefined || value === null || value === '') continue;
      if (field === undefined) record[column] = typeof value === 'string' ? booleanOf(value) : value;
      else {
        const struct: unknown = (record[column] ??= {});
        if (typeof struct === 'object' && struct !== null) Reflect.set(struct, field, value);
      }
    }
    return record;
  };
}

/** `TRUE` of a spreadsheet is `true`; other text stays as it is. */
const booleanOf = (text: string): string =>
  text.length < 6 && text.length > 3 && /^(?:true|false)$/i.test(text) ? text.toLowerCase() : text;
