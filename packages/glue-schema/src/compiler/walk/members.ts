import type { Column } from '../../table-schema.js';
import type { ObjectView, PropertyView } from '../type-view.js';
import { fitComment } from './comment.js';
import { columnName, reportCollisions } from './column-name.js';
import { declarationOrder } from './declaration-order.js';
import { report, type Site, type Walk } from './site.js';
import { resolveValue } from './value.js';

/** Columns of a table or fields of a struct; undefined when one of them has no column. */
export function walkMembers(
  walk: Walk,
  object: ObjectView,
  site: Site,
  level: 'table' | 'struct',
): readonly Column[] | null {
  const members = declarationOrder(object.properties(), site.position.file).filter(isMember);
  const columns: { column: Column; site: Site }[] = [];
  let whole = true;
  for (const property of members) {
    const inner = memberSite(walk, site, property);
    const column = memberColumn(walk, property, inner, level);
    if (column === null) whole = false;
    else columns.push({ column, site: inner });
  }
  if (reportCollisions(walk, columns)) whole = false;
  return whole ? columns.map(({ column }) => column) : null;
}

const isMember = ({ access, doc }: PropertyView): boolean =>
  access !== 'symbol' && access !== 'hash' && !doc.tags.some(({ name }) => name === 'glueIgnore');

function memberSite(walk: Walk, site: Site, property: PropertyView): Site {
  const { position, doc, name } = property;
  if (position !== undefined) walk.files.add(position.file);
  const step = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { ...site, path: site.path + step, position: position ?? site.position, doc };
}

function memberColumn(
  walk: Walk,
  property: PropertyView,
  site: Site,
  level: 'table' | 'struct',
): Column | null {
  if (property.kind !== 'property') return reportNotData(walk, property, site);
  const name = columnName(walk, property, site, level);
  const resolved = resolveValue(walk, property.type, site);
  if (property.access === 'private') warnPrivate(walk, property, site);
  if (name === null || resolved === null) return null;
  const comment = fitComment(property.doc.text);
  return {
    name,
    ...(name === property.name ? {} : { jsonKey: property.name }),
    type: resolved.type,
    ...(property.optional || resolved.optional ? { optional: true } : {}),
    ...(resolved.nullable ? { nullable: true } : {}),
    ...(comment === undefined ? {} : { comment }),
  };
}

function reportNotData(walk: Walk, { kind, name }: PropertyView, site: Site): null {
  return report(
    walk,
    site,
    'FUNCTION',
    `JSON.stringify drops ${name}: it is ${kind === 'method' ? 'a method' : 'an accessor'}, not data.`,
    'Mark it @glueIgnore, or make it a plain property.',
  );
}

function warnPrivate(walk: Walk, { name }: PropertyView, site: Site): void {
  report(
    walk,
    site,
    'PRIVATE_FIELD',
    `${name} is private in TypeScript only: JSON.stringify writes it, so it is a column.`,
    'Make it a #private field or mark it @glueIgnore to keep it out.',
    'warning',
  );
}
