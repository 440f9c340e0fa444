import { checkProgram } from './error.js';
import { parse } from './parser.js';
import type { Node } from './syntax.js';
import { withinLimits } from './work-limit.js';

/** One field of the input that a program looks at, and how closely. */
export interface FieldUse {
  /** Its name in the input, which is an object. */
  readonly name: string;
  /**
   * Where it is text: only this many characters from its start decide, together with whether these regular
   * expressions match it; absent when all of it may decide.
   */
  readonly part?: { readonly leading: number; readonly tests: readonly string[] };
}

/**
 * Returns the fields of its input that a program looks at, so that a caller need not parse the others, nor run it
 * again for an input that cannot give anything else. Throws {@link JqError} where the program does not parse.
 *
 * @returns `undefined` where it may look at any: it uses the input as a whole, or a form that is not followed here
 *
 * @example
 * ```ts
 * import { fieldsRead } from '@store/jq';
 *
 * console.log(fieldsRead('{store: .store_id, day: .at[0:10]}'));
 * // [ { name: 'store_id' }, { name: 'at', part: { leading: 10, tests: [] } } ]
 * console.log(fieldsRead('{fields: keys}')); // undefined
 * ```
 */
export function fieldsRead(program: string): readonly FieldUse[] | undefined {
  checkProgram(program);
  const found: Found = new Map();
  if (!withinLimits(() => readsInput(parse(program), found))) return undefined;
  return [...found].map(([name, part]) => (part === 'all' ? { name } : { name, part }));
}

interface Part {
  leading: number;
  readonly tests: string[];
}

type Found = Map<string, Part | 'all'>;

/** Adds what a node reads of the program's input; false where that is not known. */
function readsInput(node: Node, found: Found): boolean {
  if (node.kind === 'index' && node.target.kind === 'identity') {
    const name = fieldName(node);
    if (name === undefined) return false;
    found.set(name, 'all');
    return true;
  }
  const [name, onField] = fieldAndReader(node);
  if (name !== undefined && onField !== undefined) {
    const known = found.get(name) ?? { leading: 0, tests: [] };
    const partly = known !== 'all' && readsText(onField, known);
    found.set(name, partly ? known : 'all');
    return true;
  }
  const parts = partsOf(node);
  return parts?.every((part) => readsInput(part, found)) ?? false;
}

/** `.field | reader` and `.field[0:4]`: the field's name, and what reads the field as its input. */
function fieldAndReader(node: Node): readonly [name?: string | undefined, reader?: Node] {
  if (node.kind === 'pipe') return [fieldName(node.left), node.right];
  if (node.kind !== 'slice') return [];
  return [fieldName(node.target), { ...node, target: { kind: 'identity' } }];
}

/** Adds what a node reads of the text that is its input; false where that may be all of it. */
function readsText(node: Node, part: Part): boolean {
  if (node.kind === 'slice' && node.target.kind === 'identity') {
    const from = node.from === undefined ? 0 : wholeNumber(node.from);
    const to = node.to === undefined ? undefined : wholeNumber(node.to);
    if (from === undefined || to === undefined) return false;
    part.leading = Math.max(part.leading, to);
    return true;
  }
  if (node.kind === 'call') {
    const [first] = node.args;
    if (node.name === 'test' && node.args.length === 1 && first?.kind === 'literal') {
      if (typeof first.value !== 'string') return false;
      part.tests.push(first.value);
      return true;
    }
    // It fails with what it is given, whatever its input is.
    return node.name === 'error' && first !== undefined && readsText(first, part);
  }
  return partsOf(node)?.every((each) => readsText(each, part)) ?? false;
}

/** The nodes that see the same input as this one; `undefined` where the node itself looks at it, or may. */
function partsOf(node: Node): readonly Node[] | undefined {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'index':
      return node.target.kind === 'identity' ? undefined : [node.target, node.key];
    case 'slice':
      return node.target.kind === 'identity'
        ? undefined
        : [node.target, ...given(node.from), ...given(node.to)];
    case 'iterate':
      return node.target.kind === 'identity' ? undefined : [node.target];
    case 'negate':
      return [node.operand];
    case 'pipe':
      // What is behind the bar sees only what comes through it.
      return [node.left];
    case 'binary':
    case 'comma':
    case 'or-else':
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'array':
      return given(node.body);
    case 'object':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'text':
      return node.parts.filter((part) => typeof part !== 'string');
    default:
      // The input itself, a function that takes it, a variable that may hold it.
      return undefined;
  }
}

function fieldName(node: Node): string | undefined {
  if (node.kind !== 'index' || node.target.kind !== 'identity' || node.key.kind !== 'literal')
    return undefined;
  return typeof node.key.value === 'string' ? node.key.value : undefined;
}

function wholeNumber(node: Node): number | undefined {
  if (node.kind !== 'literal' || typeof node.value !== 'number') return undefined;
  return Number.isInteger(node.value) && node.value >= 0 ? node.value : undefined;
}

function given(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node];
}
