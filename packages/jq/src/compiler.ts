import { operators } from './arithmetic.js';
import { builtin } from './builtins.js';
import { iterate } from './collection-builtins.js';
import { type Code, type Context, map1, map2, type Scope, single, stream } from './code.js';
import { compileConstruction } from './construction.js';
import { compileControl } from './control.js';
import { runtimeError, unsupported } from './error.js';
import { named } from './json.js';
import { formatter } from './text.js';
import { compilePath } from './path-compiler.js';
import type { Node } from './syntax.js';
import { isArray, isObject, type JqValue } from './value.js';
import { spend } from './work-limit.js';

/** Turns a parsed expression into closures. */
export function compile(node: Node, context: Context): Code {
  switch (node.kind) {
    case 'identity':
      return single((input) => input);
    case 'literal': {
      const { value } = node;
      return single(() => value);
    }
    case 'recurse':
      return stream((input, _scope, emit) => {
        recurse(input, emit);
      });
    case 'index':
    case 'slice':
    case 'iterate':
      return compilePath(node, context);
    case 'text':
    case 'array':
    case 'object':
      return compileConstruction(node, context);
    case 'format':
      return single(formatter(node.format, context.program));
    case 'binary':
      return map2(compile(node.left, context), compile(node.right, context), operators[node.operator]);
    case 'negate':
      return map1(compile(node.operand, context), negate);
    case 'variable':
      return compileVariable(node.name, context);
    case 'call':
      return builtin(node, context);
    default:
      return compileControl(node, context);
  }
}

function negate(value: JqValue): JqValue {
  if (typeof value === 'number') return -value;
  throw runtimeError(`${named(value)} cannot be negated`);
}

/** Each value before those in it, with a stack of its own. */
function recurse(value: JqValue, emit: (output: JqValue) => void): void {
  const open: JqValue[] = [value];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    spend(1);
    emit(item);
    const items = isArray(item) || isObject(item) ? iterate(item) : [];
    for (let at = items.length - 1; at >= 0; at -= 1) open.push(items[at] ?? null);
  }
}

function compileVariable(name: string, context: Context): Code {
  const depth = context.variables.indexOf(name);
  if (depth < 0) throw unsupported(`$${name} in ${context.program}`);
  return single((_input, scope) => {
    let at: Scope | undefined = scope;
    for (let step = 0; step < depth; step += 1) at = at?.outer;
    return at === undefined ? null : at.value;
  });
}
