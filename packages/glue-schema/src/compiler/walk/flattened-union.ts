import type { Column, ColumnType } from '../../table-schema.js';
import type { TypeView } from '../type-view.js';
import { objectValue } from './object-value.js';
import { report, type Site, type Walk, state } from './site.js';

/**
 * One struct for a union of objects, on request (`@flatten`): every field of every member, optional unless
 * all members have it.
 */
export function flattenedUnion(walk: Walk, members: readonly TypeView[], site: Site): ColumnType | null {
  state(walk, site);
  const structs: (readonly Column[])[] = [];
  for (const view of members) {
    const { shape } = view;
    if (shape.kind !== 'object' && shape.kind !== 'intersection') return null;
    const type = objectValue(walk, view, shape.object, site);
    if (type === null) return null;
    if (type.kind !== 'struct') return reportConflict(walk, site, view.text);
    structs.push(type.fields);
  }
  const names = [...new Set(structs.flatMap((fields) => fields.map(({ name }) => name)))];
  const merged: Column[] = [];
  for (const name of names) {
    const field = mergeField(structs, name);
    if (field === undefined) return reportConflict(walk, site, name);
    merged.push(field);
  }
  return { kind: 'struct', fields: merged };
}

function mergeField(structs: readonly (readonly Column[])[], name: string): Column | undefined {
  const found = structs.flatMap((fields) => fields.filter((field) => field.name === name));
  let merged = found[0];
  for (const next of found.slice(1)) {
    const type = merged && mergeType(merged.type, next.type);
    if (merged === undefined || type === undefined) return undefined;
    merged = {
      ...merged,
      type,
      ...(next.optional === undefined ? {} : { optional: true }),
      ...(next.nullable === undefined ? {} : { nullable: true }),
    };
  }
  return merged === undefined || found.length === structs.length ? merged : { ...merged, optional: true };
}

/** Closed sets of text join (the discriminant); anything else must be equal. */
function mergeType(a: ColumnType, b: ColumnType): ColumnType | undefined {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a.kind !== 'string' || b.kind !== 'string' || a.json !== b.json) return undefined;
  if (a.values === undefined || b.values === undefined) return { kind: 'string' };
  return { kind: 'string', values: [...new Set([...a.values, ...b.values])].sort() };
}

function reportConflict(walk: Walk, site: Site, what: string): null {
  return report(
    walk,
    site,
    'UNION_OF_OBJECTS',
    `The members of the union disagree about ${what}, so one struct cannot hold them all.`,
    'Give the field one type in every member, or keep the union as text with Json<…>.',
  );
}
