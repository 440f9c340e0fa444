import { collectionBuiltins } from './collection-builtins.js';
import { type Code, type Context, map1, single } from './code.js';
import { controlBuiltins } from './control-builtins.js';
import { gmtime, mktime } from './datetime.js';
import { unsupported } from './error.js';
import { regexBuiltins } from './regex-builtins.js';
import { checkPatterns } from './regex-literals.js';
import { compileStrftime } from './strftime.js';
import { compileStrptime } from './strptime.js';
import type { Node } from './syntax.js';
import { textBuiltins } from './text.js';
import type { JqValue } from './value.js';
import { valueBuiltins } from './value-builtins.js';
import { spend, spendOn } from './work-limit.js';

/** Functions of the input alone. */
const plain: Readonly<Record<string, (input: JqValue) => JqValue>> = {
  ...valueBuiltins,
  ...textBuiltins.plain,
  ...collectionBuiltins.plain,
  gmtime,
  mktime,
};

/** Functions of the input and one value. */
const withValue: Readonly<Record<string, (input: JqValue, argument: JqValue) => JqValue>> = {
  ...textBuiltins.withValue,
  ...collectionBuiltins.withValue,
};

/** Functions that run their arguments themselves, by name and number of arguments. */
const withCode: Readonly<Record<string, (args: readonly Code[]) => Code>> = {
  ...regexBuiltins,
  ...controlBuiltins,
};

const iso = '%Y-%m-%dT%H:%M:%SZ';

/** Functions that look at the program or at the clock when they are compiled. */
const withContext: Readonly<Record<string, (context: Context, argument: Node | undefined) => Code>> = {
  'strftime/1': (context, format) => withFormat(format, context, compileStrftime),
  'strptime/1': (context, format) => withFormat(format, context, compileStrptime),
  'todate/0': toDate,
  'todateiso8601/0': toDate,
  'fromdate/0': fromDate,
  'fromdateiso8601/0': fromDate,
  'now/0': (context) => single(() => context.now()),
};

/** Every function there is, as jq's own `builtins` names them: `test/1`. */
export const builtinSignatures: readonly string[] = [
  ...Object.keys(plain).map((name) => `${name}/0`),
  ...Object.keys(withValue).map((name) => `${name}/1`),
  ...Object.keys(withCode),
  ...Object.keys(withContext),
];

/** Functions that leave their argument early. In jq 1.6 a `try` inside catches even that, which no one can want. */
const leaving: ReadonlySet<string> = new Set(['first/1', 'isempty/1', 'any/2', 'all/2']);

/** Compiles a call; what jq 1.6 has and this subset lacks is refused by name. */
export function builtin(node: Extract<Node, { kind: 'call' }>, context: Context): Code {
  const { name, args } = node;
  const signature = `${name}/${args.length}`;
  const [first] = args;
  if (first === undefined && Object.hasOwn(plain, name)) {
    const apply = plain[name];
    if (apply !== undefined) {
      return single((input) => {
        spendOn(input);
        return apply(input);
      });
    }
  }
  if (first !== undefined && args.length === 1 && Object.hasOwn(withValue, name)) {
    const apply = withValue[name];
    if (apply !== undefined) {
      return map1(context.compile(first, context), (value, input) => {
        spendOn(input);
        spendOn(value);
        return apply(input, value);
      });
    }
  }
  const special = Object.hasOwn(withContext, signature) ? withContext[signature] : undefined;
  if (special !== undefined) return special(context, first);
  if (leaving.has(signature) && first !== undefined && mayCatch(first)) {
    throw unsupported(`"try" inside ${name} in ${context.program}`);
  }
  const make = Object.hasOwn(withCode, signature) ? withCode[signature] : undefined;
  if (make === undefined) throw unsupported(`${signature} in ${context.program}`);
  if (Object.hasOwn(regexBuiltins, signature)) checkPatterns(name, args, context);
  return make(args.map((arg) => context.compile(arg, context)));
}

function mayCatch(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'try') return true;
  return Object.values(node).some(mayCatch);
}

function toDate(): Code {
  const write = compileStrftime(iso);
  return single((input) => {
    spend(STEPS_OF_A_TIME + iso.length);
    return write(input);
  });
}

function fromDate(): Code {
  const parse = compileStrptime(iso);
  return single((input) => {
    spend(STEPS_OF_A_TIME + iso.length);
    return mktime(parse(input));
  });
}

/** Steps that a time counts as, besides those of its format: it is taken apart or put together. */
const STEPS_OF_A_TIME = 8;

/** A function of a time format, which is compiled with the program where it is there as a string. */
function withFormat(
  argument: Node | undefined,
  context: Context,
  compileFormat: (format: string) => (value: JqValue) => JqValue,
): Code {
  if (argument?.kind === 'literal' && typeof argument.value === 'string') {
    const apply = compileFormat(argument.value);
    const steps = STEPS_OF_A_TIME + argument.value.length;
    return single((input) => {
      spend(steps);
      spendOn(input);
      return apply(input);
    });
  }
  if (argument?.kind === 'comma') {
    throw unsupported(`more than one time format in ${context.program}`);
  }
  // A computed format is compiled when it comes, and remembered.
  const known = new Map<string, (value: JqValue) => JqValue>();
  const code: Code = argument === undefined ? single(() => null) : context.compile(argument, context);
  return map1(code, (format, input) => {
    if (typeof format !== 'string') {
      throw unsupported(`a time format that is no string in ${context.program}`);
    }
    spend(STEPS_OF_A_TIME + format.length);
    spendOn(input);
    let apply = known.get(format);
    if (apply === undefined) {
      if (known.size >= 64) known.clear();
      spend(format.length * 8);
      apply = compileFormat(format);
      known.set(format, apply);
    }
    return apply(input);
  });
}
