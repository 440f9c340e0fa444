import { MAX_TYPE_DEPTH } from '../../glue-rules.js';
import type { TypeView } from '../type-view.js';
import { flattenedUnion } from './flattened-union.js';
import { literalUnion } from './literals.js';
import { objectValue } from './object-value.js';
import {
  isMissing,
  report,
  reportDepth,
  type Resolved,
  type Site,
  tagText,
  unionMembers,
  type Walk,
  within,
} from './site.js';
import { tagOf, taggedValue } from './tagged.js';
import type { ColumnType } from '../../table-schema.js';

/** The column type of one TypeScript type, or null with a diagnostic. */
export function resolveValue(walk: Walk, view: TypeView, site: Site): Resolved | null {
  const members = unionMembers(view);
  const present = members.filter(({ shape }) => !isMissing(shape.kind));
  if (present.length === 0) return reportEmpty(walk, members, site);
  const type = presentValue(walk, present, view, site);
  if (type === null) return null;
  return {
    type,
    nullable: members.some(({ shape }) => shape.kind === 'null'),
    optional: members.some(({ shape }) => shape.kind === 'undefined'),
  };
}

function presentValue(
  walk: Walk,
  present: readonly TypeView[],
  whole: TypeView,
  site: Site,
): ColumnType | null {
  const tagged = taggedValue(walk, present, site);
  if (tagged !== 'untagged') return tagged;
  const stripped = present.map(withoutBrand);
  const [first] = stripped;
  if (stripped.length === 1 && first !== undefined) return singleValue(walk, first, site);
  if (tagText(site, 'flatten') !== undefined && stripped.every(isObject))
    return flattenedUnion(walk, stripped, site);
  return literalUnion(walk, stripped, whole, site);
}

function singleValue(walk: Walk, view: TypeView, site: Site): ColumnType | null {
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
    case 'boolean-literal':
      return { kind: 'boolean' };
    case 'string-literal':
    case 'number-literal':
    case 'bigint-literal':
    case 'union':
      return literalUnion(walk, [view], view, site);
    case 'array':
      return arrayOf(walk, shape.element, site);
    case 'tuple':
      return tupleValue(walk, view, shape.elements, shape.fixed, site);
    case 'stated':
      return shape.type;
    case 'object':
    case 'intersection':
      return objectValue(walk, view, shape.object, site);
    default:
      return reportShapeless(walk, shape.kind, view, site);
  }
}

function arrayOf(walk: Walk, element: TypeView, site: Site): ColumnType | null {
  const inner = within(site, '[]');
  if (inner.depth > MAX_TYPE_DEPTH) return reportDepth(walk, inner);
  const resolved = resolveValue(walk, element, inner);
  if (resolved === null) return null;
  // JSON.stringify writes an undefined element as null.
  const elementNullable = resolved.nullable || resolved.optional;
  return { kind: 'array', element: resolved.type, ...(elementNullable ? { elementNullable: true } : {}) };
}

function tupleValue(
  walk: Walk,
  view: TypeView,
  elements: readonly TypeView[],
  fixed: boolean,
  site: Site,
): ColumnType | null {
  const arrays: ColumnType[] = [];
  for (const element of fixed ? elements : []) {
    const array = arrayOf(walk, element, site);
    if (array === null) return null;
    arrays.push(array);
  }
  const [first] = arrays;
  // By what they become: two equal object types may be two types to the compiler.
  if (first !== undefined && arrays.every((array) => JSON.stringify(array) === JSON.stringify(first)))
    return first;
  return report(
    walk,
    site,
    'TUPLE_MIXED',
    `The tuple ${view.text} has no Glue type: an array holds one type, at any length.`,
    'Make it an object with a name for each place, or an array of one type.',
  );
}

/** `string & { __brand: 'Id' }` is a string: brands of other libraries carry no column. */
function withoutBrand(view: TypeView): TypeView {
  if (view.shape.kind !== 'intersection') return view;
  return view.shape.members.find((member) => isPrimitive(member) && tagOf(member) === undefined) ?? view;
}

const isObject = ({ shape }: TypeView): boolean => shape.kind === 'object' || shape.kind === 'intersection';

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
  );
}

function reportShapeless(walk: Walk, kind: string, view: TypeView, site: Site): null {
  const json = 'Name the type; if it really can be any JSON, write Json<…>, which is kept as text.';
  switch (kind) {
    case 'any':
      return report(walk, site, 'ANY', 'any has no column type.', json);
    case 'unknown':
    case 'non-primitive':
      return report(walk, site, 'UNKNOWN', `${view.text} has no column type.`, json);
    case 'never':
      return report(
        walk,
        site,
        'NEVER',
        'never has no value, so it has no column.',
        'Remove the property or mark it @glueIgnore.',
      );
    case 'void':
      return report(
        walk,
        site,
        'VOID',
        'void has no value, so it has no column.',
        'Remove the property or mark it @glueIgnore.',
      );
    case 'symbol':
      return report(
        walk,
        site,
        'SYMBOL',
        'JSON.stringify drops a symbol.',
        'Use a string, or mark the property @glueIgnore.',
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
