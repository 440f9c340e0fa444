import type { ColumnType } from '../../table-schema.js';
import type { SchemaDiagnosticCode } from '../diagnostic.js';
import { type Finding, Frame } from './frame.js';
import { type Site, state, type Walk } from './site.js';

/** What a mapping may decide: a part that has no column. Wrong tags and wrong overrides stay errors. */
const decidable: ReadonlySet<SchemaDiagnosticCode> = new Set<SchemaDiagnosticCode>([
  'ANY',
  'BINARY_UNPROVEN',
  'DEPTH',
  'EMPTY_OBJECT',
  'FUNCTION',
  'GENERIC_OPEN',
  'INDEX_AND_PROPERTIES',
  'KEYWORD_UNREAD',
  'NAME_COLLISION',
  'NAME_INVALID',
  'NAME_NESTED_MAPPING',
  'NEVER',
  'NOT_SERIALISABLE',
  'NULL_ONLY',
  'RECURSIVE',
  'SYMBOL',
  'TOO_MANY_TYPES',
  'TUPLE_MIXED',
  'TYPE_TOO_LONG',
  'UNDEFINED_ONLY',
  'UNION_MIXED',
  'UNION_OF_OBJECTS',
  'UNKNOWN',
  'VOID',
]);

/** Whether a mapping may decide about a finding. */
export const isDecidable = ({ diagnostic }: Finding): boolean =>
  diagnostic.severity === 'error' && decidable.has(diagnostic.code);

/**
 * What becomes of a part that has no column, as the mapping wants all of them; null, with what was found, where the
 * source itself must change.
 */
export function unmappableValue(walk: Walk, site: Site, found: Frame): ColumnType | 'omitted' | null {
  const errors = [...found.findings.values()].filter(({ diagnostic }) => diagnostic.severity === 'error');
  const [first] = errors;
  if (first === undefined || !errors.every(isDecidable)) {
    walk.frame.take(found, '');
    return null;
  }
  // The place is another one than that of the finding, which may lie further in.
  const { diagnostic, group, choice, isForeign, name } = first;
  const decided = walk.map.unmappable === 'omit' || choice === 'omit' ? 'omit' : 'json';
  state(walk, site);
  const id = `decided ${site.position.file}:${site.position.offset}${site.path}`;
  walk.frame.add(id, {
    diagnostic,
    path: site.path,
    paths: 1,
    group,
    choice,
    isForeign,
    decided,
    ...(name === undefined ? {} : { name }),
  });
  return decided === 'omit' ? 'omitted' : { kind: 'string', json: true };
}

/** The same for what `find` reports of a place: null where nothing decides about it. */
export function decideAbout(walk: Walk, site: Site, find: () => null): ColumnType | 'omitted' | null {
  if (walk.map.unmappable === 'error') return find();
  const outer = walk.frame;
  const found = new Frame();
  walk.frame = found;
  find();
  walk.frame = outer;
  return unmappableValue(walk, site, found);
}
