import { inventoryEventSchema } from '@store/schema';
import { nearestNames } from '@store/foundation';
import { IntakeError, type IntakeProblem } from '../errors.js';
import { isoTime } from '../values/iso-time.js';
import { emptyParts, localMsOf } from '../values/local-time.js';
import { timeFormat } from '../values/time-format.js';
import { timeZone } from '../values/time-zone.js';
import type { FieldSource, MappedField, MappingDocument } from './document.js';
import { listOf } from './field-source.js';
import { isPath, parsePath } from './path.js';

/** Takes a problem at a path. */
type Tell = (path: string, message: string) => void;

const numberFields: ReadonlySet<string> = new Set<MappedField>([
  'sequence',
  'latitude',
  'longitude',
  'unit_price',
  'quantity_delta',
  'current_stock',
  'min_threshold',
  'on_order',
]);

/** Returns what a document of the right structure says that makes no sense. */
export function meaningProblems(document: MappingDocument): readonly IntakeProblem[] {
  const problems: IntakeProblem[] = [];
  const tell: Tell = (path, message) => {
    problems.push({ path, message });
  };
  checkWhole(document, tell);
  for (const [field, source] of Object.entries(document.fields)) {
    // The values of an interface of sources are sources.
    checkField(field, source as FieldSource, tell);
  }
  checkKey(document, tell);
  return problems;
}

function checkWhole(document: MappingDocument, tell: Tell): void {
  const { decimal = '.', group, zone, records, fields, mode = 'events', unpivot } = document;
  if (decimal === group)
    tell('group', `Expected another character than \`decimal\`, which is ${JSON.stringify(decimal)}.`);
  if (zone !== undefined) attempt(() => timeZone(zone), 'zone', tell);
  if (records !== undefined) checkPath(records, 'records', 'every item', tell);
  const needed: readonly MappedField[] =
    mode === 'snapshot'
      ? ['store_id', 'product_id', 'current_stock']
      : ['event_type', 'event_time', 'store_id', 'product_id'];
  for (const field of needed) {
    if (fields[field] === undefined)
      tell(`fields.${field}`, `Expected a source for ${field}, got none: { "from": "COLUMN" }.`);
  }
  if (mode === 'snapshot' && fields.quantity_delta !== undefined && fields.sequence === undefined)
    tell(
      'fields.quantity_delta',
      'Expected a snapshot to leave `quantity_delta` out: it follows from the counts. Leave it out, or give `sequence` too.',
    );
  if (unpivot === undefined) return;
  const made = [unpivot.name, ...Object.keys(unpivot.columns)];
  if (made.length < 2)
    tell('unpivot.columns', 'Expected a name and a pattern of columns: { "stock": "Stock *" }.');
  if (new Set(made).size < made.length)
    tell('unpivot.name', 'Expected another name than those of `columns`.');
  for (const [name, pattern] of Object.entries(unpivot.columns)) {
    if (pattern.split('*').length !== 2)
      tell(
        `unpivot.columns.${name}`,
        `Expected a name of columns with one * in it, got ${JSON.stringify(pattern)}.`,
      );
  }
}

function checkField(field: string, source: FieldSource, tell: Tell): void {
  const path = `fields.${field}`;
  const origins = (['const', 'from', 'join', 'sum'] as const).filter(
    (origin) => source[origin] !== undefined,
  );
  const pair = origins.join(' and ');
  if (origins.length === 0 && source.default === undefined)
    tell(path, 'Expected one of `from`, `const`, `join` and `sum`, got none.');
  else if (origins.length > 1 && pair !== 'from and join')
    tell(path, `Expected one of \`from\`, \`const\`, \`join\` and \`sum\`, got ${pair}.`);
  if (source.const !== undefined && source.default !== undefined)
    tell(`${path}.default`, 'Expected no `default` beside `const`, which is never blank.');
  for (const [key, names] of [
    ['from', listOf(source.from)],
    ['join', source.join ?? []],
    ['sum', source.sum ?? []],
    ['unit', listOf(source.unit)],
  ] as const) {
    if (source[key] !== undefined && names.length === 0)
      tell(`${path}.${key}`, 'Expected a column, got none.');
    for (const name of names) {
      if (name === '') tell(`${path}.${key}`, 'Expected the name of a column, got an empty text.');
      else if (isPath(name)) checkPath(name, `${path}.${key}`, 'one item', tell);
    }
  }
  const isNumber = numberFields.has(field);
  for (const key of ['sum', 'per', 'unit', 'times', 'negate'] as const) {
    if (source[key] !== undefined && !isNumber)
      tell(
        `${path}.${key}`,
        `Expected \`${key}\` on a field of numbers only: ${[...numberFields].join(', ')}.`,
      );
  }
  if (source.decimals !== undefined && field !== 'unit_price')
    tell(`${path}.decimals`, 'Expected `decimals` on unit_price only.');
  if (source.unsigned !== undefined && field !== 'quantity_delta')
    tell(`${path}.unsigned`, 'Expected `unsigned` on quantity_delta only.');
  for (const key of ['format', 'zone', 'zoneBy', 'dayOne'] as const) {
    if (source[key] !== undefined && field !== 'event_time')
      tell(`${path}.${key}`, `Expected \`${key}\` on event_time only.`);
  }
  if ((source.per === undefined) !== (source.unit === undefined))
    tell(`${path}.per`, 'Expected `per` and `unit` together: the packs, and the column that names them.');
  checkTime(path, source, tell);
  checkValues(field, path, source, tell);
}

function checkTime(path: string, { format, zone, zoneBy, dayOne }: FieldSource, tell: Tell): void {
  for (const [index, one] of listOf(format).entries())
    attempt(
      () => timeFormat(one),
      typeof format === 'string' ? `${path}.format` : `${path}.format[${index}]`,
      tell,
    );
  if (Array.isArray(format) && format.length === 0)
    tell(`${path}.format`, 'Expected a format, got an empty list.');
  if (zone !== undefined) attempt(() => timeZone(zone), `${path}.zone`, tell);
  for (const [text, name] of Object.entries(zoneBy?.enum ?? {}))
    attempt(() => timeZone(name), `${path}.zoneBy.enum[${JSON.stringify(text)}]`, tell);
  if (dayOne === undefined) return;
  const parts = emptyParts();
  if (!isoTime(dayOne, parts) || parts.hasTime || Number.isNaN(localMsOf(parts)))
    tell(`${path}.dayOne`, `Expected a date such as 2011-01-29, got ${JSON.stringify(dayOne)}.`);
  if (format !== undefined)
    tell(`${path}.format`, 'Expected no `format` beside `dayOne`, which takes numbers.');
}

/** What the document itself says must be what the field takes: nothing that is wrong for every row. */
function checkValues(field: string, path: string, source: FieldSource, tell: Tell): void {
  const values = [
    ...(source.const === undefined ? [] : [['const', source.const] as const]),
    ...(source.default === undefined || source.enum !== undefined
      ? []
      : [['default', source.default] as const]),
    ...Object.entries(source.enum ?? {}).map(
      ([text, value]) => [`enum[${JSON.stringify(text)}]`, value] as const,
    ),
  ];
  const column = inventoryEventSchema.columns.find(({ name }) => name === field)?.type;
  const words = column?.kind === 'string' && Array.isArray(column.values) ? column.values : undefined;
  for (const [key, value] of values) {
    if (numberFields.has(field) && typeof value !== 'number')
      tell(`${path}.${key}`, `Expected a number, got ${JSON.stringify(value)}.`);
    if (words === undefined || (typeof value === 'string' && words.includes(value))) continue;
    const [near] = nearestNames(String(value), words);
    const hint = near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`;
    tell(`${path}.${key}`, `Expected one of ${words.join(', ')}, got ${JSON.stringify(value)}.${hint}`);
  }
}

function checkKey({ key = [] }: MappingDocument, tell: Tell): void {
  const fields = inventoryEventSchema.columns
    .map(({ name }) => name)
    .filter((name) => name !== 'event_id' && name !== 'location');
  for (const [index, name] of key.entries()) {
    if (name === 'record' || fields.includes(name) || (name.startsWith('column:') && name.length > 7))
      continue;
    const [near] = nearestNames(name, fields);
    const hint = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    tell(
      `key[${index}]`,
      `Expected a field of the event, \`column:NAME\` or \`record\`, got ${JSON.stringify(name)}.${hint}`,
    );
  }
}

function checkPath(text: string, path: string, lists: 'every item' | 'one item', tell: Tell): void {
  if (!isPath(text)) {
    tell(
      path,
      `Expected a path that begins with $ such as $.levels[*], got ${JSON.stringify(text.slice(0, 80))}.`,
    );
    return;
  }
  const parsed = parsePath(text, lists);
  if (typeof parsed === 'string') tell(path, parsed);
}

function attempt(work: () => unknown, path: string, tell: Tell): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    tell(path, error.message);
  }
}
