import { report, type Site, type Walk } from './site.js';

const known: ReadonlySet<string> = new Set(['glueIgnore', 'glueName', 'glueType']);

/** Reports tags that a person meant for us and that would be passed over in silence. */
export function checkTags(walk: Walk, site: Site): boolean {
  const [misplaced] = site.doc.misplaced;
  if (misplaced !== undefined) {
    report(
      walk,
      site,
      'TAG_MISPLACED',
      `TypeScript does not read ${misplaced} here: its comment stands on the line of the token before it.`,
      'Move the comment to a line of its own above the property.',
    );
    return false;
  }
  const unknown = site.doc.tags.find(({ name }) => /^glue/iu.test(name) && !known.has(name));
  if (unknown === undefined) return true;
  report(
    walk,
    site,
    'TAG_INVALID',
    `There is no tag @${unknown.name}.`,
    `Write one of ${[...known].map((name) => `@${name}`).join(', ')}.`,
  );
  return false;
}
