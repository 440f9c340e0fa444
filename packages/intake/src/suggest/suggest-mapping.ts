import { compileMapping } from '../mapping/compile-mapping.js';
import type { FieldSource, MappedField, MappingDocument } from '../mapping/document.js';
import { extracts } from '../mapping/extract.js';
import { areNames, columnFacts, columnRoles, type ColumnFacts } from './column-roles.js';
import type { ColumnRole } from './column-words.js';
import type { SourceRecord } from '../mapping/row.js';
import { guessNumberForm } from './number-form.js';
import {
  isSigned,
  numberSource,
  packs,
  priceSource,
  rowsOf,
  skippedTexts,
  timeSource,
  typeSource,
  type Roles,
} from './field-guesses.js';
import { fittingPreset } from './fitting-preset.js';
import { noteStores, wideColumns, type WideColumns } from './wide-columns.js';

/** What a mapping is suggested from. */
export interface SuggestionSource {
  /** Name of the mapping. */
  readonly name: string;
  /** Header, or the keys of the first records. */
  readonly columns: readonly string[];
  /** Some hundred records from the beginning. */
  readonly rows: readonly SourceRecord[];
  /** What is known of the file: its encoding, delimiter, and the lines before its header. */
  readonly file?: Pick<MappingDocument, 'encoding' | 'delimiter' | 'skip'>;
}

/** A document that is guessed. */
export interface Suggestion {
  /** The document, which `readMapping` accepts. */
  readonly document: MappingDocument;
  /** What could not be told from the file, a sentence each: what was chosen instead, and where to change it. */
  readonly notes: readonly string[];
  /** Fields for which no column was found: the document cannot be run before they are filled in. */
  readonly missing: readonly MappedField[];
  /** The columns are names, and not the values of a row that was taken for the header. */
  readonly isHeader: boolean;
}

/**
 * Suggests a mapping from the header and some records of a source: columns by their names in many languages and by what their
 * values look like, times by the formats that fit all of them, the characters of numbers. What it cannot tell
 * is in `notes`.
 *
 * @example
 * ```ts
 * import { suggestMapping } from '@store/intake';
 *
 * const { document, notes } = suggestMapping({
 *   name: 'till',
 *   columns: ['Filiale', 'Artikelnr.', 'Bestand', 'Stichtag'],
 *   rows: [{ Filiale: 'Graz 1', 'Artikelnr.': 'A-7', Bestand: '1.204', Stichtag: '31.01.2026' }],
 * });
 * console.log(document.fields.event_time?.format, document.group); // d.M.yyyy .
 * console.log(notes.length);
 * ```
 */
export function suggestMapping(source: SuggestionSource): Suggestion {
  const { name, columns, rows, file = {} } = source;
  const preset = fittingPreset(columns, rows);
  if (preset !== undefined)
    return {
      document: preset,
      notes: [`The columns are those of the preset ${preset.name}: --map ${preset.name} needs no file.`],
      missing: [],
      isHeader: true,
    };
  const facts = columnFacts(columns, rows);
  const wide = wideColumns(facts);
  const roles = wide === undefined ? columnRoles(facts) : rolesBeside(wide, facts);
  const notes: string[] = [];
  const numbers = numberFormOf(roles, file.delimiter === ';', notes);
  const fields = fieldsOf(roles, numbers, file.delimiter === ';' || numbers.decimal === ',', wide, notes);
  const isSnapshot = fields.event_type === undefined;
  const skipWhen =
    wide === undefined ? (isSnapshot ? skippedTexts(roles, notes) : undefined) : { stock: [''] };
  const needed: readonly MappedField[] = isSnapshot
    ? ['product_id', 'current_stock']
    : ['product_id', 'quantity_delta', 'event_time'];
  const missing = needed.filter((field) => fields[field] === undefined);
  for (const field of missing) fields[field] = { from: 'COLUMN' };
  if (missing.includes('current_stock')) noteStores(facts, roles, notes);
  const receipt = roles.get('receipt')?.name;
  const document: MappingDocument = {
    version: 1,
    name: name.slice(0, 100),
    mode: isSnapshot ? 'snapshot' : 'events',
    ...file,
    ...numbers,
    ...(wide === undefined ? {} : { unpivot: wide.unpivot }),
    ...(skipWhen === undefined ? {} : { skipWhen }),
    fields,
    ...(isSnapshot
      ? {}
      : {
          key: [
            ...(receipt === undefined ? [] : [`column:${receipt}`]),
            'store_id',
            'product_id',
            'event_time',
            'quantity_delta',
            'record',
          ],
        }),
  };
  if (isSnapshot && fields.event_time === undefined)
    notes.push('No column has a time: a count counts from when the file was written.');
  noteUnread(
    columns.filter((column) => wide?.columns.has(column) !== true),
    roles,
    notes,
  );
  if (missing.length === 0) noteRefused(document, columns, rows, notes);
  return { document, notes, missing, isHeader: rows.length === 0 || areNames(facts) };
}

/** The roles of the other columns, and those that are there for each store. */
function rolesBeside({ columns, roles }: WideColumns, facts: readonly ColumnFacts[]): Roles {
  const others = columnRoles(facts.filter(({ name }) => !columns.has(name)));
  const isOfAll = (role: ColumnRole): boolean => !['store_id', 'store_name', 'quantity_delta'].includes(role);
  return new Map([...[...others].filter(([role]) => isOfAll(role)), ...roles]);
}

type Fields = Partial<Record<MappedField, FieldSource>>;

const plain: readonly MappedField[] = ['store_name', 'product_name', 'category', 'city', 'region', 'country'];
const counted: readonly MappedField[] = [
  'current_stock',
  'min_threshold',
  'on_order',
  'latitude',
  'longitude',
];

function fieldsOf(
  roles: Roles,
  numbers: Pick<MappingDocument, 'decimal' | 'group'>,
  prefersDayFirst: boolean,
  wide: WideColumns | undefined,
  notes: string[],
): Fields {
  const fields: Fields = {};
  const from = (role: ColumnRole): FieldSource | undefined => {
    const fact = roles.get(role);
    return fact === undefined ? undefined : { from: fact.name };
  };
  const put = (field: MappedField, source: FieldSource | undefined): void => {
    if (source !== undefined) fields[field] = source;
  };
  put('event_id', from('event_id'));
  const type = typeSource(roles, notes);
  put('event_type', type);
  put('event_time', timeSource(roles, prefersDayFirst, notes));
  put('store_id', from('store_id') ?? from('store_name'));
  if (wide !== undefined) {
    const { unpivot, stores } = wide;
    fields.store_id = { from: unpivot.name };
    const named = `${stores.slice(0, 10).join(', ')}${stores.length > 10 ? ', …' : ''}`;
    notes.push(`"${unpivot.columns.stock ?? ''}" is taken for the stock of each store: ${named}.`);
  }
  if (fields.store_id === undefined) {
    fields.store_id = { const: 'store-1' };
    notes.push('No column names a store: fields.store_id is "store-1". Put the name of yours.');
  }
  put('product_id', from('product_id') ?? from('product_name'));
  for (const field of plain) put(field, from(field));
  put('unit_price', priceSource(roles.get('unit_price'), numbers, notes));
  for (const field of counted) {
    const fact = roles.get(field);
    if (fact === undefined) continue;
    const hasBlanks = field !== 'current_stock' && fact.values.length < rowsOf(roles);
    fields[field] = {
      ...numberSource(fact),
      ...(hasBlanks ? { default: 0 } : {}),
      ...(field === 'current_stock' ? packs(roles, notes) : {}),
    };
  }
  if (type === undefined) return fields;
  const moved = roles.get('quantity_delta') ?? roles.get('current_stock');
  if (moved === undefined) return fields;
  // The only number of a movement is what moved, not what is left.
  if (!roles.has('quantity_delta')) delete fields.current_stock;
  const hasSigns = isSigned(moved);
  const isSale = type.const === 'sale';
  const source = numberSource(moved);
  fields.quantity_delta = {
    ...source,
    ...(isSale ? { negate: true } : hasSigns ? {} : { unsigned: true }),
    ...(roles.has('quantity_delta') ? {} : packs(roles, notes)),
  };
  if (isSale && hasSigns) {
    fields.event_type = { ...source, enum: { '-*': 'return', '*': 'sale' } };
    notes.push(`"${moved.name}" has numbers below 0: fields.event_type takes them for returns.`);
  }
  return fields;
}

function numberFormOf(
  roles: Roles,
  prefersComma: boolean,
  notes: string[],
): Pick<MappingDocument, 'decimal' | 'group'> {
  const numeric = [
    'current_stock',
    'quantity_delta',
    'unit_price',
    'min_threshold',
    'on_order',
    'latitude',
    'longitude',
  ] as const;
  const texts = numeric
    .flatMap((role) => roles.get(role)?.texts ?? [])
    .map((text) => extracts.amount(text.trim()) ?? text);
  const { form, isSure } = guessNumberForm(texts, prefersComma);
  if (!isSure)
    notes.push(
      `Points and commas of the numbers can be read in two ways: \`decimal\` is ${JSON.stringify(form.decimal)}, \`group\` ${JSON.stringify(form.group ?? 'none')}.`,
    );
  const { decimal, group } = form;
  if (decimal === '.' && group === undefined) return {};
  return { ...(decimal === undefined ? {} : { decimal }), ...(group === undefined ? {} : { group }) };
}

function noteUnread(columns: readonly string[], roles: Roles, notes: string[]): void {
  // A customer only says that something was sold.
  const read = new Set([...roles].flatMap(([role, { name }]) => (role === 'customer' ? [] : [name])));
  const unread = columns.filter((column) => column !== '' && !read.has(column));
  if (unread.length > 0)
    notes.push(`Not read: ${unread.slice(0, 20).join(', ')}${unread.length > 20 ? ', …' : ''}.`);
}

function noteRefused(
  document: MappingDocument,
  columns: readonly string[],
  rows: readonly SourceRecord[],
  notes: string[],
): void {
  const run = compileMapping(document).start({ columns, asOfMs: 0 });
  const rejects = rows.flatMap((row) => run.read(row).rejected);
  const [first] = rejects;
  if (first === undefined) return;
  notes.push(`${rejects.length} of the first ${rows.length} rows are refused: ${first.message}`);
}
