import { columnNameProblem } from '../../glue-rules.js';
import type { Column } from '../../table-schema.js';
import type { PropertyView } from '../type-view.js';
import { report, type Site, type Walk } from './site.js';

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
  const problem = columnNameProblem(name);
  if (problem !== undefined) return reportName(walk, site, property.name, wanted, problem);
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

function reportName(walk: Walk, site: Site, property: string, wanted: string, problem: string): null {
  const snake = snakeCase(property).slice(0, 60);
  const suggestion = columnNameProblem(snake) === undefined ? snake : 'name';
  return report(
    walk,
    site,
    'NAME_INVALID',
    `${JSON.stringify(wanted)} ${problem}: Hive's type parser and Athena would not read that column.`,
    `Write \`@glueName ${suggestion}\` above it.`,
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
    const where = `${file === site.position.file ? '' : `${file}:`}${line}:${at}`;
    report(
      walk,
      site,
      'NAME_COLLISION',
      `${site.path} and ${other.path} (${where}) are both the column ${column.name}: Glue does not tell upper from lower case.`,
      `Write \`@glueName ${column.name}_2\` above one of them, or rename it.`,
    );
  }
  return collided;
}
