import type { Column } from '../../table-schema.js';
import type { PropertyView } from '../type-view.js';
import { report, type Site, type Walk } from './site.js';

/** Glue's limit for a column name; Athena counts it in bytes, so bytes it is. */
export const maxNameBytes = 255;

/** Hive's type parser splits at anything but these, and Athena quotes nothing else safely. */
const safeName = /^[\p{L}\p{M}\p{N}_]+$/u;

/** The Glue name of a property, or null with a diagnostic. */
export function columnName(
  walk: Walk,
  property: PropertyView,
  site: Site,
  level: 'table' | 'struct',
): string | null {
  const stated = property.doc.tags.find(({ name }) => name === 'glueName')?.text;
  const wanted = stated ?? (walk.names === 'snake' ? snakeCase(property.name) : property.name);
  const name = wanted.toLowerCase();
  if (!safeName.test(name)) return reportName(walk, site, property.name, wanted);
  if (new TextEncoder().encode(name).length > maxNameBytes) return reportLength(walk, site, name);
  if (level === 'struct' && name !== property.name.toLowerCase())
    return report(
      walk,
      site,
      'NAME_NESTED_MAPPING',
      `Firehose maps JSON keys to column names only at the top level, so ${property.name} cannot become ${name} here.`,
      'Rename the property itself.',
    );
  return name;
}

/** `unitPrice`, `unit-price`, `unit.price` → `unit_price`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '_')
    .replace(/^_+(?=.)|_+$/gu, '')
    .toLowerCase();
}

function reportName(walk: Walk, site: Site, property: string, wanted: string): null {
  const suggestion = snakeCase(property) === '' ? 'name' : snakeCase(property);
  return report(
    walk,
    site,
    'NAME_INVALID',
    `${JSON.stringify(wanted)} is not a column name: only letters, digits and _ survive Hive's type parser and Athena.`,
    `Write \`@glueName ${suggestion}\` above it.`,
  );
}

function reportLength(walk: Walk, site: Site, name: string): null {
  return report(
    walk,
    site,
    'NAME_INVALID',
    `The name has ${new TextEncoder().encode(name).length} bytes in UTF-8; Glue and Athena take ${maxNameBytes}.`,
    'Write a shorter `@glueName` above it.',
  );
}

/** Reports names that are equal once lower-cased, which is how Glue and Athena see them. */
export function reportCollisions(
  walk: Walk,
  columns: readonly { readonly column: Column; readonly site: Site }[],
): boolean {
  const first = new Map<string, Site>();
  let collided = false;
  for (const { column, site } of columns) {
    const other = first.get(column.name);
    if (other === undefined) {
      first.set(column.name, site);
      continue;
    }
    collided = true;
    const { file, line, column: at } = other.position;
    report(
      walk,
      site,
      'NAME_COLLISION',
      `${site.path} and ${other.path} (${file}:${line}:${at}) are both the column ${column.name}: Glue does not tell upper from lower case.`,
      `Write \`@glueName ${column.name}_2\` above one of them, or rename it.`,
    );
  }
  return collided;
}
