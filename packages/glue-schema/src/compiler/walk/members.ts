import { columnNameProblem, MAX_COMMENT_LENGTH } from '../../glue-rules.js';
import type { Column } from '../../table-schema.js';
import type { ObjectView, PropertyView } from '../type-view.js';
import { checkColumn } from './check-column.js';
import { columnName, reportCollisions } from './column-name.js';
import { isNeverThere, leaveOut, noteLeftOut, noteUnread } from './left-out.js';
import { overriddenValue } from './override.js';
import { memberStep, overridesBelow, report, type Site, state, tagText, type Walk } from './site.js';
import { statedValue } from './stated.js';

/** Columns of a table or fields of a struct; null when one of them has no column. */
export function walkMembers(
  walk: Walk,
  object: ObjectView,
  site: Site,
  level: 'table' | 'struct',
): readonly Column[] | null {
  const members = declarationOrder(object.properties(), ownFileOf(object, site)).filter(isData);
  const columns: { column: Column; site: Site }[] = [];
  const leftOut: { property: PropertyView; site: Site }[] = [];
  let whole = true;
  for (const property of members) {
    const inner = memberSite(walk, site, property);
    if (tagText(inner, 'glueIgnore') !== undefined) {
      state(walk, inner);
      continue;
    }
    if (property.kind !== 'property') {
      state(walk, inner);
      leftOut.push({ property, site: inner });
      continue;
    }
    const column = memberColumn(walk, property, inner, level);
    if (column === null) whole = false;
    else if (column !== 'omitted') columns.push({ column, site: inner });
  }
  noteLeftOut(walk, object, site, leftOut);
  for (const unread of object.unread ?? []) if (!noteUnread(walk, site, unread)) whole = false;
  if (reportCollisions(walk, columns)) whole = false;
  return whole ? columns.map(({ column }) => column) : null;
}

/** The file whose members come last: the one in which the type itself was written. */
export const ownFileOf = (object: ObjectView, site: Site): string =>
  object.declaration === undefined || object.fromLibrary ? site.position.file : object.declaration.file;

// A symbol key and a #private field are not in JSON.
const isData = ({ access }: PropertyView): boolean => access !== 'symbol' && access !== 'hash';

function memberSite(walk: Walk, site: Site, property: PropertyView): Site {
  const { position, doc, name } = property;
  if (position !== undefined) walk.files.add(position.file);
  const step = memberStep(name);
  return {
    ...site,
    path: site.path + step,
    position: position ?? site.position,
    doc,
    overrides: overridesBelow(site.overrides, step),
  };
}

function memberColumn(
  walk: Walk,
  property: PropertyView,
  site: Site,
  level: 'table' | 'struct',
): Column | 'omitted' | null {
  if (!checkTags(walk, site)) return null;
  // The mapping before the tag, the tag before the type.
  const overridden = overriddenValue(walk, property.type, site);
  if (overridden === 'omitted') return overridden;
  if (overridden === undefined && isNeverThere(property)) return leaveOut(walk, site);
  const stated = overridden === undefined ? statedValue(walk, property.type, site) : null;
  const resolved =
    overridden === undefined ? (stated ?? site.resolveValue(walk, property.type, site)) : overridden;
  if (resolved === 'omitted') return resolved;
  const name = columnName(walk, property, site, level);
  if (property.access === 'private') warnPrivate(walk, property, site);
  if (name === null || resolved === null || resolved === 'failed') return null;
  const column: Column = {
    name,
    ...(name === property.name ? {} : { jsonKey: property.name }),
    type: resolved.type,
    ...(property.optional || resolved.optional ? { optional: true } : {}),
    ...(resolved.nullable ? { nullable: true } : {}),
    ...documented(property.doc.text),
    ...history(walk, site),
    ...(tagText(site, 'partitionKey') === undefined ? {} : { partitionKey: true }),
  };
  if (level === 'table' && !checkColumn(walk, column, site)) return null;
  return column.partitionKey === true && !isPartitionKey(walk, column, site, level) ? null : column;
}

function history(walk: Walk, site: Site): Pick<Column, 'renamedFrom'> {
  const renamedFrom = tagText(site, 'renamedFrom')?.toLowerCase();
  if (renamedFrom === undefined) return {};
  if (columnNameProblem(renamedFrom) === undefined) return { renamedFrom };
  report(
    walk,
    site,
    'TAG_INVALID',
    `@renamedFrom ${JSON.stringify(renamedFrom)} is not a column name.`,
    'Write the earlier column name after it, in lower case.',
  );
  return {};
}

function isPartitionKey(walk: Walk, column: Column, site: Site, level: 'table' | 'struct'): boolean {
  const nested = ['array', 'map', 'struct'].includes(column.type.kind);
  if (level === 'table' && !nested && column.optional === undefined && column.nullable === undefined)
    return true;
  report(
    walk,
    site,
    'PARTITION_KEY_COMPLEX',
    'A partition key is a top-level column of a primitive type that is always there.',
    'Mark a required string column @partitionKey instead.',
  );
  return false;
}

function warnPrivate(walk: Walk, { name }: PropertyView, site: Site): void {
  state(walk, site);
  report(
    walk,
    site,
    'PRIVATE_FIELD',
    `${name} is private in TypeScript only: JSON.stringify writes it, so it is a column.`,
    'Make it a #private field or mark it @glueIgnore to keep it out.',
    { severity: 'warning' },
  );
}

/**
 * Properties in the order in which people wrote them: inherited and imported ones first (by file name),
 * then those of the type's own file, each by place; keys without a declaration last, by name. A checker's
 * own order differs between TypeScript versions for mapped types.
 */
function declarationOrder(properties: readonly PropertyView[], ownFile: string): readonly PropertyView[] {
  return properties.toSorted((a, b) => comparePlaces(a, b, ownFile));
}

function comparePlaces(a: PropertyView, b: PropertyView, ownFile: string): number {
  const byFile = fileRank(a, ownFile) - fileRank(b, ownFile);
  if (byFile !== 0) return byFile;
  if (a.position === undefined || b.position === undefined) return byText(a.name, b.name);
  const byPath = byText(a.position.file, b.position.file);
  return byPath === 0 ? a.position.offset - b.position.offset || byText(a.name, b.name) : byPath;
}

const fileRank = ({ position }: PropertyView, ownFile: string): number =>
  position === undefined ? 2 : position.file === ownFile ? 1 : 0;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const knownTags: ReadonlySet<string> = new Set(['glueIgnore', 'glueName', 'glueType']);

/** Reports tags that a person meant for us and that would be passed over in silence. */
function checkTags(walk: Walk, site: Site): boolean {
  const [misplaced] = site.doc.misplaced;
  if (misplaced !== undefined) {
    report(
      walk,
      site,
      'TAG_MISPLACED',
      `TypeScript does not read ${misplaced} here: its comment is on the line of the token before it.`,
      'Move the comment to a line of its own above the property.',
    );
    return false;
  }
  const unknown = site.doc.tags.find(({ name }) => /^glue/iu.test(name) && !knownTags.has(name));
  if (unknown === undefined) return true;
  report(
    walk,
    site,
    'TAG_INVALID',
    `There is no tag @${unknown.name}.`,
    `Write one of ${[...knownTags].map((name) => `@${name}`).join(', ')}.`,
  );
  return false;
}

/** A comment that fits, and the whole text where it had to be cut. */
export function documented(text: string): { readonly comment?: string; readonly description?: string } {
  const comment = fitComment(text);
  if (comment === undefined) return {};
  return comment === text ? { comment } : { comment, description: text };
}

/**
 * A text that fits a Glue comment: at most 255 UTF-16 units (so at most 255 code points too), never cut
 * inside a surrogate pair, with an ellipsis where it was cut. Undefined for an empty text.
 */
function fitComment(text: string): string | undefined {
  if (text === '') return undefined;
  if (text.length <= MAX_COMMENT_LENGTH) return text;
  let end = MAX_COMMENT_LENGTH - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
