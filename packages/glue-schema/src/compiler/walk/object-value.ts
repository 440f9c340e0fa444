import { MAX_TYPE_DEPTH } from '../../glue-rules.js';
import type { ColumnType } from '../../table-schema.js';
import type { ObjectView, TypeView } from '../type-view.js';
import { walkMembers } from './members.js';
import { report, reportDepth, type Site, state, type Walk, within } from './site.js';

/** The column type of an object type: what JSON.stringify makes of such an object. */
export function objectValue(walk: Walk, view: TypeView, object: ObjectView, site: Site): ColumnType | null {
  const library = libraryValue(walk, object, site);
  if (library !== 'other') return library;
  if (object.callable) return reportFunction(walk, view, site);
  const seen = site.open.get(view.id);
  if (seen !== undefined) return reportRecursion(walk, view, site, seen);
  const inner: Site = { ...site, open: new Map([...site.open, [view.id, site.path]]) };
  if (inner.depth > MAX_TYPE_DEPTH) return reportDepth(walk, inner);
  const toJson = object.properties().find(({ name, kind }) => name === 'toJSON' && kind !== 'accessor');
  const returned = toJson?.returnType();
  if (returned !== undefined) {
    state(walk, site);
    return site.resolveValue(walk, returned, inner)?.type ?? null;
  }
  const indexes = object.indexes().filter(({ key }) => key.shape.kind !== 'symbol');
  const named = object.properties().filter(({ access }) => access !== 'symbol' && access !== 'hash');
  if (indexes.length > 0) return mapValue(walk, view, object, inner);
  if (named.length === 0)
    return report(
      walk,
      site,
      'EMPTY_OBJECT',
      `${view.text} names no field.`,
      'Name its fields, or keep it as text with Json<…>.',
    );
  const fields = walkMembers(walk, object, { ...inner, depth: inner.depth + 1 }, 'struct');
  return fields === null ? null : { kind: 'struct', fields };
}

function mapValue(walk: Walk, view: TypeView, object: ObjectView, site: Site): ColumnType | null {
  const named = object.properties().filter(({ access }) => access === 'public');
  if (named.length > 0) return reportIndexAndNames(walk, view, site);
  // A string index covers a number index; both come in one order from every checker after this.
  const index =
    object.indexes().find(({ key }) => key.shape.kind === 'string') ??
    object.indexes().find(({ key }) => key.shape.kind !== 'symbol');
  const value = index === undefined ? null : site.resolveValue(walk, index.value, within(site, '{}'));
  if (value === null) return null;
  const valueNullable = value.nullable || value.optional;
  return {
    kind: 'map',
    key: { kind: 'string' },
    value: value.type,
    ...(valueNullable ? { valueNullable: true } : {}),
  };
}

function reportIndexAndNames(walk: Walk, view: TypeView, site: Site): null {
  return report(
    walk,
    site,
    'INDEX_AND_PROPERTIES',
    `${view.text} has both named properties and an index signature; a struct has no place for unnamed keys.`,
    'Move the open part into a property of its own: `extra: Record<string, …>`.',
  );
}

/** Classes of the language itself that are not what their properties say. */
function libraryValue(
  walk: Walk,
  { name, fromLibrary }: ObjectView,
  site: Site,
): ColumnType | null | 'other' {
  if (name === undefined) return 'other';
  if (isBuffer(name)) return reportBinary(walk, name, site);
  if (!fromLibrary) return 'other';
  if (name === 'Date') return { kind: 'timestamp', wire: 'iso' };
  if (!emptyInJson.has(name)) return 'other';
  return report(
    walk,
    site,
    'NOT_SERIALISABLE',
    `JSON.stringify turns ${name} into {} or drops it.`,
    'Convert it to a plain object, array or string before it becomes an event.',
  );
}

const emptyInJson: ReadonlySet<string> = new Set([
  'Map',
  'Set',
  'ReadonlyMap',
  'ReadonlySet',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'RegExp',
  'Promise',
  'PromiseLike',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'Function',
  'Symbol',
  'Iterator',
  'Generator',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
]);

const isBuffer = (name: string): boolean =>
  name === 'Buffer' || (name.endsWith('Array') && /^(?:Uint|Int|Float|Big)/u.test(name));

function reportBinary(walk: Walk, name: string, site: Site): null {
  return report(
    walk,
    site,
    'BINARY_UNPROVEN',
    `JSON.stringify does not write a ${name} as base64, and what Firehose makes of binary columns is not proven.`,
    'Encode the bytes as a base64 string, or state `@glueType binary` and encode them yourself.',
  );
}

function reportFunction(walk: Walk, view: TypeView, site: Site): null {
  return report(
    walk,
    site,
    'FUNCTION',
    `JSON.stringify drops ${view.text}, a function.`,
    'Remove the property from the event type, or mark it @glueIgnore.',
  );
}

function reportRecursion(walk: Walk, view: TypeView, site: Site, seen: string): null {
  return report(
    walk,
    site,
    'RECURSIVE',
    `${view.text} contains itself (${seen} → ${site.path}); a column type has an end.`,
    'Keep the inner value as text with Json<…>, or give the levels types of their own.',
  );
}
