import { parse } from './parser.js';
import type { Node } from './syntax.js';

/**
 * The fields of its input that a program looks at, so that a caller need not parse the others.
 *
 * @returns `undefined` where it may look at any: it uses the input as a whole, or a form that is not followed here
 */
export function fieldsRead(program: string): readonly string[] | undefined {
  const found = new Set<string>();
  return reads(parse(program), found) ? [...found] : undefined;
}

/** Adds what a node reads of the program's input; false where that is not known. */
function reads(node: Node, found: Set<string>): boolean {
  const all = (...nodes: readonly Node[]): boolean => nodes.every((each) => reads(each, found));
  switch (node.kind) {
    case 'literal':
      return true;
    case 'index':
      if (node.target.kind !== 'identity') return all(node.target, node.key);
      if (node.key.kind !== 'literal' || typeof node.key.value !== 'string') return false;
      found.add(node.key.value);
      return true;
    case 'slice':
      return all(node.target, ...given(node.from), ...given(node.to));
    case 'iterate':
    case 'negate':
      return all(node.kind === 'iterate' ? node.target : node.operand);
    case 'pipe':
      // What stands behind the bar sees only what comes through it.
      return all(node.left);
    case 'binary':
    case 'comma':
    case 'or-else':
    case 'and':
    case 'or':
      return all(node.left, node.right);
    case 'if':
      return all(node.condition, node.then, node.otherwise);
    case 'array':
      return all(...given(node.body));
    case 'object':
      return node.entries.every(({ key, value }) => all(key, value));
    case 'text':
      return node.parts.every((part) => typeof part === 'string' || all(part));
    default:
      // The input itself, a function that takes it, a variable that may hold it.
      return false;
  }
}

function given(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node];
}
