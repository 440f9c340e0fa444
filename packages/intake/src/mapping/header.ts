import { nearestNames } from '@store/foundation';
import type { IntakeProblem } from '../errors.js';
import { findColumn } from './columns.js';
import type { FieldSource, MappingDocument } from './document.js';
import { listOf } from './field-source.js';
import { isPath } from './path.js';
import { groupsOf } from './unpivot.js';

/** Columns of which one must be there, and what needs it. */
interface Need {
  readonly path: string;
  readonly names: readonly string[];
}

/** Fields that a source may leave out silently: the event says that they are unknown. */
const descriptive: ReadonlySet<string> = new Set([
  'store_name',
  'city',
  'region',
  'country',
  'product_name',
  'category',
]);

/** Returns what a header lacks of a document's columns, one problem for each need; none where it fits. */
export function headerProblems(
  document: MappingDocument,
  header: readonly string[],
): readonly IntakeProblem[] {
  const { unpivot, looseNames = [] } = document;
  const made = unpivot === undefined ? [] : [unpivot.name, ...Object.keys(unpivot.columns)];
  const has = (name: string): boolean =>
    made.includes(name) ||
    isPath(name) ||
    findColumn(name, header, looseNames.includes(name) || looseNames.includes('*')) !== undefined;
  const problems: IntakeProblem[] = [];
  for (const { path, names } of needsOf(document)) {
    if (names.some(has)) continue;
    const [first = ''] = names;
    const [nearest] = nearestNames(first, header);
    const hint = nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`;
    problems.push({ path, message: `Expected a column ${names.map(quoted).join(' or ')}, got none.${hint}` });
  }
  for (const name of document.absentColumns ?? []) {
    if (header.includes(name))
      problems.push({
        path: 'absentColumns',
        message: `Expected no column ${quoted(name)}: such a file has another form.`,
      });
  }
  if (unpivot !== undefined) {
    const [[name, pattern] = ['', '']] = Object.entries(unpivot.columns);
    if (groupsOf(header, [pattern], new Set(unpivot.except ?? [])).length === 0)
      problems.push({
        path: `unpivot.columns.${name}`,
        message: `Expected columns such as ${quoted(pattern)}, got none.`,
      });
  }
  return problems;
}

const quoted = (name: string): string => `"${name.slice(0, 80)}"`;

function needsOf(document: MappingDocument): readonly Need[] {
  const needs: Need[] = [];
  const all = (path: string, names: readonly string[]): void => {
    for (const name of names) needs.push({ path, names: [name] });
  };
  for (const [field, source] of Object.entries(document.fields)) {
    // The values of an interface of sources are sources.
    addNeeds(`fields.${field}`, field, source as FieldSource, needs);
  }
  const columnsOf = (table: object = {}): readonly string[] =>
    Object.keys(table).filter((name) => !Object.hasOwn(document.fields, name));
  all('skipWhen', columnsOf(document.skipWhen));
  all('keepWhen', columnsOf(document.keepWhen));
  const columns = (document.key ?? []).filter((name) => name.startsWith('column:'));
  all(
    'key',
    columns.map((name) => name.slice('column:'.length)),
  );
  return needs;
}

function addNeeds(path: string, field: string, source: FieldSource, needs: Need[]): void {
  const { from, join = [], sum = [], unit, zoneBy } = source;
  for (const name of [unit, zoneBy?.from]) if (name !== undefined) needs.push({ path, names: [name] });
  if (source.const !== undefined || source.default !== undefined || descriptive.has(field)) return;
  const alternatives = [...listOf(from), ...join];
  if (alternatives.length > 0)
    needs.push({ path: `${path}.${from === undefined ? 'join' : 'from'}`, names: alternatives });
  for (const name of sum) needs.push({ path: `${path}.sum`, names: [name] });
}
