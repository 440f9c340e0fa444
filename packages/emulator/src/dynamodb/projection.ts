import type { AttributeValue, Item } from './attribute-value.js';
import { shownPath, type ExpressionReader, type Path } from './expression-reader.js';

/** Reads the paths of a projection. */
export function readProjection(reader: ExpressionReader): readonly Path[] {
  const paths = [reader.path()];
  while (reader.accept(',')) paths.push(reader.path());
  if (!reader.atEnd()) throw reader.misplaced();
  for (const [index, one] of paths.entries()) {
    for (const two of paths.slice(index + 1)) {
      if (!one.slice(0, two.length).every((step, at) => step === two[at])) continue;
      throw reader.wrong(
        `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${shownPath(one)}, path two: ${shownPath(two)}`,
      );
    }
  }
  return paths;
}

type Steps = readonly (string | number)[];

/** The part of an item that is at paths; what is not there is left out, and a list holds only what is asked for. */
export function projected(item: Item, paths: readonly Steps[]): Item {
  const names = [...new Set(paths.map(([name]) => name))];
  return Object.fromEntries(
    names.flatMap((name) => {
      if (typeof name !== 'string' || !Object.hasOwn(item, name)) return [];
      const value = item[name];
      const part = value === undefined ? undefined : partOf(value, restsAfter(name, paths));
      return part === undefined ? [] : [[name, part] as const];
    }),
  );
}

const restsAfter = (step: string | number, paths: readonly Steps[]): readonly Steps[] =>
  paths.filter(([first]) => first === step).map(([, ...rest]) => rest);

function partOf(value: AttributeValue, rests: readonly Steps[]): AttributeValue | undefined {
  if (rests.some(({ length }) => length === 0)) return value;
  if ('M' in value) {
    const part = projected(value.M, rests);
    return Object.keys(part).length === 0 ? undefined : { M: part };
  }
  if (!('L' in value)) return undefined;
  const places = [...new Set(rests.map(([place]) => place))].filter((place) => typeof place === 'number');
  const parts = places
    .sort((a, b) => a - b)
    .flatMap((place) => {
      const held = value.L[place];
      return (held === undefined ? undefined : partOf(held, restsAfter(place, rests))) ?? [];
    });
  return parts.length === 0 ? undefined : { L: parts };
}
