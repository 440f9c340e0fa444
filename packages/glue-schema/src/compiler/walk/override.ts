import type { ColumnType } from '../../table-schema.js';
import type { MapRule } from '../schema-map.js';
import type { TypeView } from '../type-view.js';
import { declaredNames } from './declared-name.js';
import { isMissing, report, type Resolved, type Site, state, unionMembers, type Walk } from './site.js';
import { glueValue } from './stated.js';

/**
 * What a mapping says of a place, or of the declared type that is there; the place comes first. Undefined
 * where it says nothing.
 */
export function overriddenValue(
  walk: Walk,
  view: TypeView,
  site: Site,
): Resolved | 'omitted' | null | undefined {
  const rule = site.overrides.find((paths) => paths.rule !== undefined)?.rule ?? ruleByName(walk, view);
  if (rule === undefined) return undefined;
  walk.map.used.add(rule.key);
  if (rule.decision === 'flatten') return flattens(view) ? undefined : reportNoUnion(walk, site, rule);
  state(walk, site);
  if (rule.decision === 'omit') {
    decide(walk, site, rule);
    return 'omitted';
  }
  const type: ColumnType | null =
    rule.decision === 'json' ? { kind: 'string', json: true } : glueValue(walk, view, site, rule);
  if (type === null) return null;
  decide(walk, site, rule);
  return { type, ...missingOf(view) };
}

/** How a value of the type can be missing. */
export function missingOf(view: TypeView): Pick<Resolved, 'nullable' | 'optional'> {
  const kinds = unionMembers(view).map(({ shape }) => shape.kind);
  return {
    nullable: kinds.includes('null'),
    optional: kinds.includes('undefined') || kinds.includes('void'),
  };
}

function ruleByName(walk: Walk, view: TypeView): MapRule | undefined {
  const { names } = walk.map;
  if (names.size === 0) return undefined;
  const own = declaredNames(view).flatMap((name) => names.get(name) ?? [])[0];
  if (own !== undefined || view.shape.kind !== 'union') return own;
  // A member that is text makes the whole value text: no column holds both.
  return unionMembers(view)
    .flatMap((member) => declaredNames(member).flatMap((name) => names.get(name) ?? []))
    .find(({ decision }) => decision === 'json');
}

const flattens = (view: TypeView): boolean =>
  unionMembers(view)
    .filter(({ shape }) => !isMissing(shape.kind))
    .every(({ shape }) => shape.kind === 'object' || shape.kind === 'intersection');

/** Records what the mapping decided, once for each of its keys. */
function decide(walk: Walk, site: Site, { key, value }: MapRule): void {
  const { file, line, column } = site.position;
  walk.frame.add(`map ${key}`, {
    diagnostic: { code: 'MAP_INVALID', severity: 'info', file, line, column, message: '', fix: '' },
    path: site.path,
    paths: 1,
    group: `map ${key}`,
    decided: value,
    choice: value,
    isForeign: false,
    byRule: true,
  });
}

function reportNoUnion(walk: Walk, site: Site, { key }: MapRule): null {
  return report(
    walk,
    site,
    'MAP_INVALID',
    `The override ${JSON.stringify(key)} says flatten, and there is no union of objects.`,
    'Write json, omit or a Glue type instead.',
  );
}
