import type { ObjectView, TypeView } from '../type-view.js';
import { shortText } from './literals.js';
import { fullPath, report, type Site, type Walk } from './site.js';

/**
 * Bounds of one walk. A type of npm can lead to every type of its package, and a generic can make new ones
 * forever.
 */
export const walkLimits: {
  readonly maxTypes: number;
  readonly maxInstances: number;
  readonly maxGrowth: number;
  readonly maxOpen: number;
  readonly maxCircle: number;
} = Object.freeze({
  /** Object types that are walked; what lies beyond has no column. */
  maxTypes: 10_000,
  /** Instances of one declaration inside one another, each made before the one around it: `Box<Box<string>>`. */
  maxInstances: 16,
  /** The same, each made after the one around it: a generic that grows with each level never repeats itself. */
  maxGrowth: 4,
  /** Types inside one another: each takes some of the stack. */
  maxOpen: 200,
  /** Types of one circle that are walked through as deep as they go; of a larger one, two levels. */
  maxCircle: 8,
});

/** Reports a type that contains itself, or that would make the walk endless; undefined for every other. */
export function closedCircle(walk: Walk, view: TypeView, object: ObjectView, site: Site): null | undefined {
  const declaration = declarationId(object);
  const same = walk.open.findIndex(({ id }) => id === view.id);
  const circle = walk.circles.get(view.id);
  const around = walk.open.at(-1);
  if (circle !== undefined && around?.circle === circle && around.isInner)
    return reportCircle(walk, view, site, undefined);
  if (same >= 0) return reportCircle(walk, view, site, same);
  const outermost = declaration === undefined ? undefined : grownFrom(walk, view, declaration);
  if (outermost !== undefined) return reportCircle(walk, view, site, outermost);
  if (walk.open.length < walkLimits.maxOpen && walk.visits < walkLimits.maxTypes) return undefined;
  return report(
    walk,
    site,
    'TOO_MANY_TYPES',
    `The type leads to more types than are looked at: ${walkLimits.maxTypes}, or ${walkLimits.maxOpen} inside one another.`,
    'Name the part of it that a table needs, or keep the value as text with Json<…>.',
    { view },
  );
}

/** The outermost open instance of a declaration, where too many of them are inside one another. */
function grownFrom({ open }: Walk, { id }: TypeView, declaration: string): number | undefined {
  const instances = open.flatMap((each, index) =>
    each.declaration === declaration ? [{ ...each, index }] : [],
  );
  const [first] = instances;
  if (first === undefined) return undefined;
  // Compilers number types as they make them.
  const isGrowing = [...instances.slice(1), { id }].every((each, n) => each.id > (instances[n]?.id ?? 0));
  const most = isGrowing ? walkLimits.maxGrowth : walkLimits.maxInstances;
  return instances.length >= most ? first.index : undefined;
}

/** Walks what is inside a type while the type is open. */
export function opened<T>(walk: Walk, view: TypeView, object: ObjectView, site: Site, inside: () => T): T {
  walk.visits += 1;
  const around = walk.open.at(-1);
  const own = walk.circles.get(view.id);
  walk.open.push({
    id: view.id,
    declaration: declarationId(object),
    path: fullPath(walk, site),
    circle: own ?? around?.circle,
    isInner: own === undefined ? around?.isInner === true : isInnerOf(walk, view),
  });
  const found = inside();
  walk.open.pop();
  return found;
}

/** True where a type of a large circle is come to from another one of it. */
export function isInnerOf({ circles, open }: Walk, { id }: TypeView): boolean {
  const circle = circles.get(id);
  return circle !== undefined && open.at(-1)?.circle === circle;
}

const declarationId = ({ declaration }: ObjectView): string | undefined =>
  declaration && `${declaration.file}:${declaration.order}`;

function reportCircle(walk: Walk, view: TypeView, site: Site, index: number | undefined): null {
  if (index !== undefined) walk.frame.low = Math.min(walk.frame.low, index);
  const outer = walk.open[index ?? walk.open.length - 1]?.path ?? '';
  return report(
    walk,
    site,
    'RECURSIVE',
    `${shortText(view.text)} contains itself (${outer} → ${fullPath(walk, site)}); a column type has an end.`,
    'Keep the inner value as text with Json<…>, or give the levels types of their own.',
    { view },
  );
}
