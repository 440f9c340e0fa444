import type { Column, ColumnType } from '../../table-schema.js';
import type { SourcePosition, TypeView } from '../type-view.js';
import { unionText } from './literals.js';
import { sizeOf } from './measure.js';
import { mergeTypes } from './merge-types.js';
import {
  isMissing,
  memberStep,
  report,
  type Resolved,
  type Site,
  state,
  unionMembers,
  type Walk,
} from './site.js';
import { decideAbout } from './unmappable.js';

/**
 * The column of a union whose members one type holds: records as one struct of all their fields, arrays of one
 * element type, values that are all text in JSON.
 */
export function unionValue(
  walk: Walk,
  members: readonly TypeView[],
  whole: TypeView,
  site: Site,
): Resolved | 'omitted' | null {
  const kinds = new Set(members.map((member) => jsonKind(member)));
  if (kinds.size > 1 || kinds.has('none')) return reportMixed(walk, whole, site);
  // The place was asked for already: what is left of the overrides is about what is below.
  const inner = { ...site, overrides: site.overrides.map(({ steps }) => ({ steps })) };
  const found: Resolved[] = [];
  let lost: 'omitted' | null | undefined;
  for (const member of inOrder(members)) {
    const resolved = site.resolveValue(walk, member, inner);
    if (resolved === null || resolved === 'omitted') lost = lost === null ? null : resolved;
    else found.push(resolved);
  }
  const [first, ...others] = found;
  if (lost !== undefined || first === undefined) return lost ?? null;
  state(walk, site);
  const merged = others.reduce<Resolved | 'omitted' | null>(
    (all, next) => join(walk, members, whole, site, all, next),
    first,
  );
  if (merged === null || merged === 'omitted' || merged.type.kind !== 'struct') return merged;
  const { fields } = merged.type;
  forgetAbsent(walk, site, fields);
  const lists = found.flatMap(({ type }) => (type.kind === 'struct' ? (type.variants ?? [type.fields]) : []));
  const variants = variantsOf(walk, site, fields, lists);
  return { ...merged, type: { kind: 'struct', fields, ...(variants === undefined ? {} : { variants }) } };
}

/** Characters of all members of a union, as Glue's text, with which the validator still tells them apart. */
const maxVariantText = 32_768;

/** The members of a union of records, for the validator; undefined, with a note, where they are too much for it. */
export function variantsOf(
  walk: Walk,
  site: Site,
  fields: readonly Column[],
  lists: readonly (readonly Column[])[],
): readonly (readonly Column[])[] | undefined {
  const names = new Set(fields.map(({ name }) => name));
  const kept = lists.map((list) => list.filter(({ name }) => names.has(name)));
  const text = kept.reduce((sum, list) => sum + sizeOf({ kind: 'struct', fields: list }).length, 0);
  if (text <= maxVariantText) return kept;
  report(
    walk,
    site,
    'UNION_OF_OBJECTS',
    `The union has ${lists.length} members, too large for the validator to tell them apart: it takes every mixture of their fields.`,
    'Leave it, or emit one member.',
    { severity: 'info' },
  );
  return undefined;
}

/** `?: undefined` in one member is not worth a note where another member has the field. */
export function forgetAbsent(walk: Walk, site: Site, fields: readonly Column[]): void {
  const paths = fields.map(({ name, jsonKey }) => site.path + memberStep(jsonKey ?? name));
  walk.frame.forget('UNDEFINED_ONLY', new Set(paths));
}

function join(
  walk: Walk,
  members: readonly TypeView[],
  whole: TypeView,
  site: Site,
  all: Resolved | 'omitted' | null,
  next: Resolved,
): Resolved | 'omitted' | null {
  if (all === null || all === 'omitted') return all;
  const type = mergeTypes(all.type, next.type, '', (path) => decideConflict(walk, members, site, path));
  if (type === undefined) return reportMixed(walk, whole, site);
  if (type === null || type === 'omitted') return type;
  return { type, nullable: all.nullable || next.nullable, optional: all.optional || next.optional };
}

/** What becomes of a field about which the members of a union disagree. */
export function decideConflict(
  walk: Walk,
  members: readonly TypeView[],
  site: Site,
  path: string,
): ColumnType | 'omitted' | null {
  const place = { ...site, path: site.path + path, position: positionOf(members, path) ?? site.position };
  return decideAbout(walk, place, () => reportConflict(walk, place, path));
}

/** Both arrays as one, or undefined. */
export function sameArray(a: ColumnType, b: ColumnType): ColumnType | undefined {
  const merged = mergeTypes(a, b, '', () => null);
  return typeof merged === 'object' && merged !== null ? merged : undefined;
}

type JsonKind = 'array' | 'boolean' | 'none' | 'number' | 'object' | 'text';

/** What a value of the type is in JSON, as far as its outside says: mixed unions are not looked into. */
function jsonKind(view: TypeView, depth = 0): JsonKind {
  const { shape } = view;
  switch (shape.kind) {
    case 'union':
      return kindOfAll(view, depth);
    case 'string':
    case 'string-literal':
    case 'template':
    case 'bigint':
    case 'bigint-literal':
      return 'text';
    case 'number':
    case 'number-literal':
      return 'number';
    case 'boolean':
    case 'boolean-literal':
      return 'boolean';
    case 'array':
    case 'tuple':
      return 'array';
    case 'stated':
      return statedKind(shape.type);
    case 'object':
    case 'intersection': {
      const { object } = shape;
      if (object.callable) return 'none';
      if (object.fromLibrary && object.name === 'Date') return 'text';
      const returned = object
        .properties()
        .find(({ name }) => name === 'toJSON')
        ?.returnType();
      // What returns itself is an object, however it says so.
      if (returned === undefined || returned.shape.kind === shape.kind || depth > 3) return 'object';
      return jsonKind(returned, depth + 1);
    }
    default:
      return 'none';
  }
}

function kindOfAll(view: TypeView, depth: number): JsonKind {
  const present = unionMembers(view).filter(({ shape }) => !isMissing(shape.kind));
  const [kind = 'none', ...others] = new Set(present.map((member) => jsonKind(member, depth)));
  return others.length === 0 ? kind : 'none';
}

function statedKind({ kind }: ColumnType): JsonKind {
  if (['string', 'char', 'varchar', 'date', 'timestamp'].includes(kind)) return 'text';
  return kind === 'boolean' ? 'boolean' : 'number';
}

/** In order of declaration: compilers order the members of a union each in its own way. */
export function inOrder(members: readonly TypeView[]): readonly TypeView[] {
  const placed = members.map((member) => ({ member, place: placeOf(member) }));
  return placed
    .toSorted(
      (a, b) =>
        byText(a.place.file, b.place.file) ||
        a.place.order - b.place.order ||
        byText(a.member.text, b.member.text),
    )
    .map(({ member }) => member);
}

interface Place {
  readonly file: string;
  readonly order: number;
}

function placeOf({ shape }: TypeView): Place {
  const nowhere = { file: '', order: 0 };
  if (shape.kind !== 'object' && shape.kind !== 'intersection') return nowhere;
  const { object } = shape;
  const position =
    object.fromLibrary || object.declaration === undefined
      ? firstPosition(shape.object.properties())
      : undefined;
  return position === undefined
    ? (object.declaration ?? nowhere)
    : { file: position.file, order: position.offset };
}

const firstPosition = (
  properties: readonly { readonly position: SourcePosition | undefined }[],
): SourcePosition | undefined => properties.flatMap(({ position }) => position ?? [])[0];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where the first member declares what a path starts with. */
function positionOf(members: readonly TypeView[], path: string): SourcePosition | undefined {
  for (const { shape } of inOrder(members)) {
    if (shape.kind !== 'object' && shape.kind !== 'intersection') continue;
    const property = shape.object.properties().find(({ name }) => path.startsWith(memberStep(name)));
    if (property?.position !== undefined) return property.position;
  }
  return undefined;
}

function reportMixed(walk: Walk, whole: TypeView, site: Site): null {
  return report(
    walk,
    site,
    'UNION_MIXED',
    `The union ${unionText(whole)} mixes types that no one column holds.`,
    'Choose one type, or keep the value as JSON text with Json<…>.',
    { view: whole },
  );
}

function reportConflict(walk: Walk, site: Site, path: string): null {
  const name = path.replace(/^\./u, '');
  return report(
    walk,
    site,
    'UNION_OF_OBJECTS',
    `The members of the union disagree about ${name}, so one struct cannot hold them all.`,
    'Give the field one type in every member, or keep it as text with Json<…>.',
  );
}
