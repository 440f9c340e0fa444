import type { ColumnType } from '../../table-schema.js';
import type { ObjectView, TypeView } from '../type-view.js';
import { onlyName } from './declared-name.js';
import { Frame, notCircular } from './frame.js';
import { ownFileOf, walkMembers } from './members.js';
import { isInnerOf, opened, walkLimits } from './open-types.js';
import type { Site, Walk, WalkedObject } from './site.js';

/**
 * The struct of an object type. Each type is walked once, wherever it stands: what was found is kept with paths from
 * the type itself. Three things make a place differ, and are minded: an override of a mapping that is below
 * it, the file whose members come last where the type has none of its own, and a circle that was entered at
 * another type.
 */
export function structValue(
  walk: Walk,
  view: TypeView,
  object: ObjectView,
  site: Site,
): Extract<ColumnType, { readonly kind: 'struct' }> | null {
  const name = onlyName(view);
  const key = `${view.id}${isInnerOf(walk, view) ? ' inner' : ''} ${ownFileOf(object, site)}`;
  const isOverridden = site.overrides.some(({ steps }) => steps.size > 0);
  const known = isOverridden ? undefined : walk.walked.get(key);
  const walked = known ?? walkObject(walk, view, object, site, name, isOverridden ? undefined : key);
  walk.frame.low = Math.min(walk.frame.low, walked.frame.low);
  walk.frame.take(walked.frame, site.path, name);
  return walked.type?.kind === 'struct' ? walked.type : null;
}

function walkObject(
  walk: Walk,
  view: TypeView,
  object: ObjectView,
  site: Site,
  name: string | undefined,
  key: string | undefined,
): WalkedObject {
  const { frame: outer, base } = walk;
  const frame = new Frame();
  const level = walk.open.length;
  const mark = walk.provisional.length;
  const own = name === undefined ? undefined : walk.map.paths.get(name);
  const overrides = own === undefined ? site.overrides : [...site.overrides, own];
  const fields = opened(walk, view, object, site, () => {
    walk.frame = frame;
    walk.base = base + site.path;
    return walkMembers(walk, object, { ...site, path: '', overrides }, 'struct');
  });
  walk.frame = outer;
  walk.base = base;
  const walked: WalkedObject = { type: fields === null ? null : { kind: 'struct', fields }, frame };
  if (frame.low < level) {
    // It was cut where it came back to a type around it: that holds while that type is open.
    if (key !== undefined) walk.provisional.push({ key, id: view.id });
  } else {
    frame.low = notCircular;
    if (closeCircle(walk, [view.id], mark)) return walkObject(walk, view, object, site, name, key);
  }
  if (key !== undefined) walk.walked.set(key, walked);
  return walked;
}

/**
 * Forgets what was kept only while the types at the outside of a circle were open. A circle of many types has more ways
 * through it than a column can hold, and where each is cut would follow from the order of the properties. Where cuts
 * become text, it is walked two levels deep instead, the same wherever it stands: true says to walk again like that.
 */
export function closeCircle(walk: Walk, outside: readonly number[], mark: number): boolean {
  const circle = walk.provisional.splice(mark);
  for (const each of circle) walk.walked.delete(each.key);
  const [first] = outside;
  if (first === undefined || walk.circles.has(first)) return false;
  if (walk.map.unmappable === 'error' || circle.length < walkLimits.maxCircle) return false;
  for (const id of [...outside, ...circle.map((each) => each.id)]) walk.circles.set(id, first);
  return true;
}
