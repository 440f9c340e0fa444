import { columnNameProblem } from '../../glue-rules.js';
import type { Column } from '../../table-schema.js';
import type { PropertyView } from '../type-view.js';
import { isForeign } from './finding-text.js';
import { fullPath, memberStep, report, type Site, type Walk } from './site.js';

/** The Glue name of a property, or null with a diagnostic. */
export function columnName(
  walk: Walk,
  property: PropertyView,
  site: Site,
  level: 'table' | 'struct',
): string | null {
  const stated = property.doc.tags.find(({ name }) => name === 'glueName')?.text;
  const wanted = stated ?? (isSnake(walk, level) ? snakeCase(property.name) : property.name);
  const name = wanted.toLowerCase();
  const problem = columnNameProblem(name);
  if (problem !== undefined) return reportName(walk, site, property, wanted, problem, level);
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

/** A nested name in snake case would be an error; where a mapping decides about those, it stays as it is. */
const isSnake = ({ names, map }: Walk, level: 'table' | 'struct'): boolean =>
  names === 'snake' && (level === 'table' || map.unmappable === 'error');

/** `unitPrice`, `unit-price`, `unit.price` → `unit_price`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '_')
    .replace(/^_+(?=.)|_+$/gu, '')
    .toLowerCase();
}

function reportName(
  walk: Walk,
  site: Site,
  { name }: PropertyView,
  wanted: string,
  problem: string,
  level: 'table' | 'struct',
): null {
  const snake = snakeCase(name).slice(0, 60);
  const suggestion = columnNameProblem(snake) === undefined ? snake : 'name';
  const path = fullPath(walk, site);
  const fix =
    level === 'struct'
      ? `Write ${JSON.stringify(path.slice(0, -memberStep(name).length))}: "json" under "overrides" in a map file, and pass it with --map: no nested name can be mapped.`
      : isForeign(site.position)
        ? `Pass --names snake, or write ${JSON.stringify(path)}: "omit" under "overrides" in a map file.`
        : `Write \`@glueName ${suggestion}\` above it.`;
  return report(
    walk,
    site,
    'NAME_INVALID',
    `${JSON.stringify(wanted)} ${problem}: Hive's type parser and Athena would not read that column.`,
    fix,
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
      `${fullPath(walk, site)} and ${fullPath(walk, other)} (${where}) are both the column ${column.name}: Glue does not tell upper from lower case.`,
      `Write \`@glueName ${column.name}_2\` above one of them, or rename it.`,
    );
  }
  return collided;
}
