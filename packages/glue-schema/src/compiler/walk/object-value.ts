import type { ColumnType } from '../../table-schema.js';
import type { ObjectView, PropertyView, TypeView } from '../type-view.js';
import { shortText } from './literals.js';
import { closedCircle, opened } from './open-types.js';
import { report, type Resolved, type Site, state, type Walk, within } from './site.js';
import { structValue } from './struct-value.js';

/** The column type of an object type: what JSON.stringify makes of such an object. */
export function objectValue(
  walk: Walk,
  view: TypeView,
  object: ObjectView,
  site: Site,
): ColumnType | Resolved | 'omitted' | null {
  const library = libraryValue(walk, object, site);
  if (library !== 'other') return library;
  if (object.callable) return reportFunction(walk, view, site);
  const closed = closedCircle(walk, view, object, site);
  if (closed !== undefined) return closed;
  const toJson = toJsonOf(object);
  const returned = toJson?.returnType();
  if (returned !== undefined) {
    state(walk, site);
    return opened(walk, view, object, site, () => returnedValue(walk, returned, site));
  }
  if (
    object.fromLibrary &&
    object.properties().some(({ kind, access }) => kind === 'method' && access === 'public')
  )
    return reportNotData(walk, object, site);
  const indexes = object.indexes().filter(({ key }) => key.shape.kind !== 'symbol');
  if (indexes.length > 0) return mapValue(walk, view, object, site);
  if (!hasData(object)) return reportEmptyObject(walk, view, site);
  const type = structValue(walk, view, object, site);
  if (type === null) return null;
  return type.fields.length === 0 ? reportEmptyObject(walk, view, site) : type;
}

/** The method that JSON.stringify calls, where the type has one. */
export const toJsonOf = (object: ObjectView): PropertyView | undefined =>
  object.properties().find(({ name, kind }) => name === 'toJSON' && kind !== 'accessor');

const hasData = (object: ObjectView): boolean =>
  object
    .properties()
    .some(({ access, kind }) => access !== 'symbol' && access !== 'hash' && kind === 'property');

function returnedValue(walk: Walk, returned: TypeView, site: Site): Resolved | 'omitted' | null {
  if (returned.shape.kind !== 'any') return site.resolveValue(walk, returned, site);
  return report(
    walk,
    site,
    'ANY',
    'any has no column type, and it is what toJSON returns.',
    'Give toJSON the type that it returns; if it really can be any JSON, write Json<…>, which is kept as text.',
  );
}

function mapValue(walk: Walk, view: TypeView, object: ObjectView, site: Site): ColumnType | 'omitted' | null {
  const named = object.properties().filter(({ access, kind }) => access === 'public' && kind === 'property');
  if (named.length > 0) return reportIndexAndNames(walk, view, site);
  // A string index covers a number index; both come in one order from every checker after this.
  const index =
    object.indexes().find(({ key }) => key.shape.kind === 'string') ??
    object.indexes().find(({ key }) => key.shape.kind !== 'symbol');
  if (index === undefined) return null;
  const value = opened(walk, view, object, site, () =>
    site.resolveValue(walk, index.value, within(site, '{}')),
  );
  if (value === null || value === 'omitted') return value;
  const valueNullable = value.nullable || value.optional;
  return {
    kind: 'map',
    key: { kind: 'string' },
    value: value.type,
    ...(valueNullable ? { valueNullable: true } : {}),
  };
}

function reportEmptyObject(walk: Walk, view: TypeView, site: Site): null {
  return report(
    walk,
    site,
    'EMPTY_OBJECT',
    `${shortText(view.text)} names no field.`,
    'Name its fields, or keep it as text with Json<…>.',
    { view },
  );
}

function reportIndexAndNames(walk: Walk, view: TypeView, site: Site): null {
  return report(
    walk,
    site,
    'INDEX_AND_PROPERTIES',
    `${shortText(view.text)} has both named properties and an index signature; a struct has no place for unnamed keys.`,
    'Move the open part into a property of its own: `extra: Record<string, …>`.',
    { view },
  );
}

/** Classes of the language itself that are not what their properties say. */
function libraryValue(walk: Walk, object: ObjectView, site: Site): ColumnType | null | 'other' {
  const { name, fromLibrary, declaration } = object;
  if (name === undefined) return 'other';
  // A name says nothing of a type that somebody else declared.
  const isNodes = /[\\/]@types[\\/]node[\\/]/u.test(declaration?.file ?? '');
  if ((fromLibrary && isTypedArray(name)) || (name === 'Buffer' && (isNodes || fromLibrary)))
    return reportBinary(walk, name, site);
  if (!fromLibrary) return 'other';
  if (name === 'Date') return { kind: 'timestamp', wire: 'iso' };
  const boxed = boxes.get(name);
  if (boxed !== undefined) {
    state(walk, site);
    return boxed;
  }
  return emptyInJson.has(name) ? reportNotData(walk, object, site) : 'other';
}

/** `Number`, `String` and `Boolean` are written as what they hold. */
const boxes: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ['Number', { kind: 'double' }],
  ['String', { kind: 'string' }],
  ['Boolean', { kind: 'boolean' }],
  ['BigInt', { kind: 'bigint', wire: 'string' }],
]);

function reportNotData(walk: Walk, { name = 'the object' }: ObjectView, site: Site): null {
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

const isTypedArray = (name: string): boolean => /^(?:Uint|Int|Float|Big)\w*Array$/u.test(name);

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
    `JSON.stringify drops ${shortText(view.text)}, a function.`,
    'Remove the property from the event type, or mark it @glueIgnore.',
    { choice: 'omit' },
  );
}
