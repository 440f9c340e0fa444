import { MAX_TYPE_DEPTH, MAX_TYPE_LENGTH } from '../../glue-rules.js';
import type { ColumnType } from '../../table-schema.js';
import type { TypeView } from '../type-view.js';
import { Frame } from './frame.js';
import { literalUnion, shortText } from './literals.js';
import { objectValue } from './object-value.js';
import { sizeOf } from './measure.js';
import { missingOf, overriddenValue } from './override.js';
import {
  isMissing,
  report,
  type Resolved,
  type Site,
  unionMembers,
  type Walk,
  within,
  reportDepth,
  reportLength,
} from './site.js';
import { tagOf, taggedValue } from './tagged.js';
import { sameArray, unionValue } from './union-value.js';
import { unmappableValue } from './unmappable.js';

/**
 * The column type of one TypeScript type: what a mapping says of it, else its own, else what the mapping makes of
 * all that have none; or null with a diagnostic.
 */
export function resolveValue(walk: Walk, view: TypeView, site: Site): Resolved | 'omitted' | null {
  const overridden = overriddenValue(walk, view, site);
  if (overridden !== undefined) return overridden;
  if (walk.map.unmappable === 'error') return ownValue(walk, view, site);
  const outer = walk.frame;
  const inner = new Frame();
  walk.frame = inner;
  const resolved = ownValue(walk, view, site);
  walk.frame = outer;
  outer.low = Math.min(outer.low, inner.low);
  if (resolved !== null) {
    outer.take(inner, '');
    return resolved;
  }
  const type = unmappableValue(walk, site, inner);
  return type === null || type === 'omitted' ? type : { type, ...missingOf(view) };
}

function ownValue(walk: Walk, view: TypeView, site: Site): Resolved | 'omitted' | null {
  const members = unionMembers(view);
  // A function in a union is no value of JSON: the key is absent then.
  const present = members.filter(({ shape }) => !isMissing(shape.kind));
  if (present.length === 0) return reportEmpty(walk, members, site);
  const type = presentValue(walk, present, view, site);
  if (type === null || type === 'omitted') return type;
  const { nullable, optional } = missingOf(view);
  const resolved =
    'type' in type
      ? { type: type.type, nullable: nullable || type.nullable, optional: optional || type.optional }
      : { type, nullable, optional };
  const { depth, length } = sizeOf(resolved.type);
  if (depth > MAX_TYPE_DEPTH) return reportDepth(walk, site, view);
  return length > MAX_TYPE_LENGTH ? reportLength(walk, site, view) : resolved;
}

type Value = ColumnType | Resolved | 'omitted' | null;

function presentValue(walk: Walk, present: readonly TypeView[], whole: TypeView, site: Site): Value {
  const tagged = taggedValue(walk, present, site);
  if (tagged !== 'untagged') return tagged;
  const stripped = present.map(withoutBrand);
  const [first] = stripped;
  if (stripped.length === 1 && first !== undefined) return singleValue(walk, first, site);
  return literalUnion(stripped) ?? unionValue(walk, stripped, whole, site);
}

function singleValue(walk: Walk, view: TypeView, site: Site): Value {
  const { shape } = view;
  switch (shape.kind) {
    case 'string':
    case 'template':
      return { kind: 'string' };
    case 'number':
      return { kind: 'double' };
    case 'bigint':
      return { kind: 'bigint', wire: 'string' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'boolean-literal':
    case 'string-literal':
    case 'number-literal':
    case 'bigint-literal':
    case 'union':
      return literalUnion(unionMembers(view)) ?? unionValue(walk, unionMembers(view), view, site);
    case 'array':
      return arrayOf(walk, shape.element, site);
    case 'tuple':
      return tupleValue(walk, view, shape.elements, site);
    case 'stated':
      return shape.type;
    case 'object':
    case 'intersection':
      return objectValue(walk, view, shape.object, site);
    default:
      return reportShapeless(walk, shape.kind, view, site);
  }
}

function arrayOf(walk: Walk, element: TypeView, site: Site): ColumnType | 'omitted' | null {
  const resolved = site.resolveValue(walk, element, within(site, '[]'));
  if (resolved === null || resolved === 'omitted') return resolved;
  // JSON.stringify writes an undefined element as null.
  const elementNullable = resolved.nullable || resolved.optional;
  return { kind: 'array', element: resolved.type, ...(elementNullable ? { elementNullable: true } : {}) };
}

function tupleValue(
  walk: Walk,
  view: TypeView,
  elements: readonly TypeView[],
  site: Site,
): ColumnType | 'omitted' | null {
  const arrays: ColumnType[] = [];
  for (const element of elements) {
    const array = arrayOf(walk, element, site);
    if (array === null || array === 'omitted') return array;
    arrays.push(array);
  }
  const [first, ...others] = arrays;
  // By what they become: two equal object types may be two types to the compiler.
  const same = others.reduce<ColumnType | undefined>((all, each) => all && sameArray(all, each), first);
  if (same !== undefined) return same;
  return report(
    walk,
    site,
    'TUPLE_MIXED',
    `The tuple ${shortText(view.text)} has no Glue type: an array holds one type, at any length.`,
    'Make it an object with a name for each place, or an array of one type.',
    { view },
  );
}

/** `string & { __brand: 'Id' }` is a string: brands of other libraries carry no column. */
function withoutBrand(view: TypeView): TypeView {
  if (view.shape.kind !== 'intersection') return view;
  return view.shape.members.find((member) => isPrimitive(member) && tagOf(member) === undefined) ?? view;
}

const isPrimitive = ({ shape }: TypeView): boolean =>
  ['string', 'number', 'bigint', 'boolean', 'template', 'array'].includes(shape.kind) ||
  shape.kind.endsWith('-literal');

function reportEmpty(walk: Walk, members: readonly TypeView[], site: Site): null {
  const isNull = members.some(({ shape }) => shape.kind === 'null');
  return report(
    walk,
    site,
    isNull ? 'NULL_ONLY' : 'UNDEFINED_ONLY',
    `The type is only ever ${isNull ? 'null' : 'undefined'}, which says nothing about a column.`,
    'Add the type that the value has when it is there, or mark the property @glueIgnore.',
    { choice: isNull ? 'json' : 'omit' },
  );
}

function reportShapeless(walk: Walk, kind: string, view: TypeView, site: Site): null {
  const json = 'Name the type; if it really can be any JSON, write Json<…>, which is kept as text.';
  switch (kind) {
    case 'any':
      return report(walk, site, 'ANY', 'any has no column type.', json, { view });
    case 'unknown':
    case 'non-primitive':
      return report(walk, site, 'UNKNOWN', `${shortText(view.text)} has no column type.`, json, { view });
    case 'never':
      return report(
        walk,
        site,
        'NEVER',
        'never has no value, so it has no column.',
        'Remove the property or mark it @glueIgnore.',
        { choice: 'omit' },
      );
    case 'void':
      return report(
        walk,
        site,
        'VOID',
        'void has no value, so it has no column.',
        'Remove the property or mark it @glueIgnore.',
        { choice: 'omit' },
      );
    case 'symbol':
      return report(
        walk,
        site,
        'SYMBOL',
        'JSON.stringify drops a symbol.',
        'Use a string, or mark the property @glueIgnore.',
        { choice: 'omit' },
      );
    case 'type-parameter':
      return report(
        walk,
        site,
        'GENERIC_OPEN',
        `${view.text} stands for a type that is not given.`,
        'Export an alias that gives the argument, and emit that.',
      );
    default:
      return report(
        walk,
        site,
        'UNKNOWN',
        `TypeScript could not resolve ${view.text}.`,
        'Settle the error of TypeScript first.',
      );
  }
}
