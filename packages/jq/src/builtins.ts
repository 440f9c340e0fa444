import { collectionBuiltins } from './collection-builtins.js';
import { type Code, map1, single } from './code.js';
import { compile, type Context } from './compiler.js';
import { controlBuiltins } from './control-builtins.js';
import { unsupported } from './error.js';
import { regexBuiltins } from './regex-builtins.js';
import type { Node } from './syntax.js';
import { textBuiltins } from './text-builtins.js';
import { timeBuiltins } from './time-builtins.js';
import type { JqValue } from './value.js';
import { valueBuiltins } from './value-builtins.js';

type Values1 = (input: JqValue, argument: JqValue) => JqValue;

/** Functions of the input alone. */
const plain: Readonly<Record<string, (input: JqValue) => JqValue>> = {
  ...valueBuiltins,
  ...textBuiltins.plain,
  ...collectionBuiltins.plain,
};

/** Functions of the input and one value. */
const withValue: Readonly<Record<string, Values1>> = {
  ...textBuiltins.withValue,
  ...collectionBuiltins.withValue,
};

/** Functions that run their arguments themselves, by name and number of arguments. */
const withCode: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  ...regexBuiltins,
  ...controlBuiltins,
};

/** Functions that leave their argument early. In jq 1.6 a `try` inside catches even that, which no one can want. */
const leaving: ReadonlySet<string> = new Set(['first/1', 'isempty/1', 'any/2', 'all/2']);

function mayCatch(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'try') return true;
  return Object.values(node).some(mayCatch);
}

/** Compiles a call; what jq 1.6 has and this subset lacks is refused by name. */
export function builtin(node: Extract<Node, { kind: 'call' }>, context: Context): Code {
  const { name, args } = node;
  const signature = `${name}/${args.length}`;
  const [first] = args;
  if (first === undefined && Object.hasOwn(plain, name)) {
    const apply = plain[name];
    if (apply !== undefined) return single(apply);
  }
  if (first !== undefined && args.length === 1 && Object.hasOwn(withValue, name)) {
    const apply = withValue[name];
    if (apply !== undefined) {
      return map1(compile(first, context), (value, input) => apply(input, value));
    }
  }
  const time = timeBuiltins(node, context);
  if (time !== undefined) return time;
  if (leaving.has(signature) && first !== undefined && mayCatch(first)) {
    throw unsupported(`"try" inside ${name} in ${context.program}`);
  }
  const make = Object.hasOwn(withCode, signature) ? withCode[signature] : undefined;
  if (make === undefined) throw unsupported(`${signature} in ${context.program}`);
  return make(args.map((arg) => compile(arg, context)));
}
