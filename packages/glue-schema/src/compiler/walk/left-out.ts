import type { ObjectView, PropertyView, UnreadKeyword } from '../type-view.js';
import { report, type Site, state, unionMembers, type Walk } from './site.js';

/** `gone?: undefined`, `gone?: void`, `gone?: never`: a key that no value has. */
export function isNeverThere({ optional, type }: PropertyView): boolean {
  if (!optional) return false;
  return unionMembers(type).every(({ shape }) => ['undefined', 'void', 'never'].includes(shape.kind));
}

/** Leaves out such a key, with a note. */
export function leaveOut(walk: Walk, site: Site): 'omitted' {
  state(walk, site);
  report(
    walk,
    site,
    'UNDEFINED_ONLY',
    'The value is only ever undefined, so JSON has no such key, and it is no column.',
    'Leave it, or add the type that the value has when it is there.',
    { severity: 'info' },
  );
  return 'omitted';
}

/** Reports a keyword that is not read; false where columns would be missing for it. */
export function noteUnread(walk: Walk, site: Site, { keyword, names }: UnreadKeyword): boolean {
  const isWhole = names.length === 0;
  const what = isWhole
    ? 'the properties named outside it are the fields'
    : `only it names ${names.join(', ')}`;
  report(
    walk,
    site,
    'KEYWORD_UNREAD',
    `The keyword ${keyword} is not read: ${what}.`,
    isWhole
      ? 'Leave it: what it demands beyond that is not checked.'
      : 'Name every property under `properties` too, without `required`.',
    { severity: isWhole ? 'warning' : 'error' },
  );
  return isWhole;
}

/** One note for all methods and accessors of a declaration. */
export function noteLeftOut(
  walk: Walk,
  object: ObjectView,
  site: Site,
  members: readonly { readonly property: PropertyView; readonly site: Site }[],
): void {
  const [first] = members;
  if (first === undefined) return;
  const names = members.slice(0, 3).map(({ property }) => property.name);
  const more = members.length > names.length ? ` and ${members.length - names.length} more` : '';
  const kind = members.every(({ property }) => property.kind === 'method')
    ? `method${members.length === 1 ? '' : 's'}`
    : 'methods and accessors';
  report(
    walk,
    { ...site, position: first.site.position },
    'FUNCTION',
    `${object.name ?? 'The object'} has ${kind} (${names.join(', ')}${more}), which JSON.stringify drops: no column.`,
    'Leave it, or make what a table must hold a plain property.',
    { severity: 'info' },
  );
}
