import { JsonNumber } from '@store/foundation';
import { mappingLimits } from './document.js';

/** One step of a path: `.` and a key, a place in a list, or every item of a list as `*`. */
export type PathStep = string | number;

/** A path into a record of JSON: from the whole record (`$`) or from the row (`@`). */
export interface RecordPath {
  readonly from: '$' | '@';
  readonly steps: readonly PathStep[];
}

/** Every item of a list; a key begins with a point. */
const ALL = '*';

/** A name that is a path and no column. */
export const isPath = (name: string): boolean => /^[$@](?:[.[]|$)/.test(name);

/** Returns the path that a text such as `$.levels[*]` or `@['on hand'].count` says, or what is wrong with it. */
export function parsePath(text: string, lists: 'every item' | 'one item'): RecordPath | string {
  const steps: PathStep[] = [];
  const piece = /\.([^.[\]'"\s]+)|\[(\d{1,9})\]|\[(\*)\]|\['((?:[^'\\]|\\.)*)'\]/gy;
  piece.lastIndex = 1;
  while (piece.lastIndex < text.length) {
    const at = piece.lastIndex;
    const found = piece.exec(text);
    if (found === null)
      return `Expected a path such as $.levels[*] or $.a['b c'][0], got ${JSON.stringify(text.slice(0, 80))}, which cannot be read from ${JSON.stringify(text.slice(at, at + 20))} on.`;
    const [, key, index, all, quoted] = found;
    if (all !== undefined && lists === 'one item')
      return `Expected a path to one value, got ${JSON.stringify(text.slice(0, 80))}: put [*] into \`records\`.`;
    if (all !== undefined) steps.push(ALL);
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(`.${key ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1')}`);
    if (steps.length > mappingLimits.pathSteps)
      return `Expected a path of at most ${mappingLimits.pathSteps} steps, got more.`;
  }
  return { from: text.startsWith('@') ? '@' : '$', steps };
}

/** Returns the value at the place; undefined where there is none. Only own keys count. */
export function valueAt(value: unknown, steps: readonly PathStep[]): unknown {
  let here = value;
  for (const step of steps) {
    here = stepInto(here, step);
    if (here === undefined) return undefined;
  }
  return here;
}

/** Returns the values at the places, `most` and one more at the most, so that the caller sees that there are too many. */
export function valuesAt(value: unknown, steps: readonly PathStep[], most: number): readonly unknown[] {
  let here: unknown[] = [value];
  for (const step of steps) {
    const next: unknown[] = [];
    for (const one of here) {
      if (step !== ALL) {
        const found = stepInto(one, step);
        if (found !== undefined) next.push(found);
        continue;
      }
      if (!Array.isArray(one)) continue;
      for (const item of one) {
        if (next.length > most) break;
        next.push(item);
      }
    }
    here = next;
  }
  return here;
}

function stepInto(value: unknown, step: PathStep): unknown {
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return undefined;
  if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
  const key = step.slice(1);
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
