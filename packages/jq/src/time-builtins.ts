import { type Code, map1, single } from './code.js';
import { compile, type Context } from './compiler.js';
import { gmtime, mktime } from './datetime.js';
import { unsupported } from './error.js';
import { compileStrftime } from './strftime.js';
import { compileStrptime } from './strptime.js';
import type { Node } from './syntax.js';
import type { JqValue } from './value.js';

const iso = '%Y-%m-%dT%H:%M:%SZ';

/** Functions over time; formats are compiled with the program, so they must be plain strings. */
export function timeBuiltins(node: Extract<Node, { kind: 'call' }>, context: Context): Code | undefined {
  const [argument] = node.args;
  switch (`${node.name}/${node.args.length}`) {
    case 'strftime/1':
      return withFormat(argument, context, compileStrftime);
    case 'strptime/1':
      return withFormat(argument, context, compileStrptime);
    case 'todate/0':
    case 'todateiso8601/0':
      return single(compileStrftime(iso));
    case 'fromdate/0':
    case 'fromdateiso8601/0': {
      const parse = compileStrptime(iso);
      return single((input) => mktime(parse(input)));
    }
    case 'gmtime/0':
      return single(gmtime);
    case 'mktime/0':
      return single(mktime);
    case 'now/0':
      return single(() => context.now());
    default:
      return undefined;
  }
}

function withFormat(
  argument: Node | undefined,
  context: Context,
  compileFormat: (format: string) => (value: JqValue) => JqValue,
): Code {
  if (argument?.kind === 'literal' && typeof argument.value === 'string') {
    return single(compileFormat(argument.value));
  }
  if (argument?.kind === 'comma') {
    throw unsupported(`more than one time format in ${context.program}`);
  }
  // A computed format is compiled when it comes, and remembered.
  const known = new Map<string, (value: JqValue) => JqValue>();
  const code: Code = argument === undefined ? single(() => null) : compile(argument, context);
  return map1(code, (format, input) => {
    if (typeof format !== 'string')
      throw unsupported(`a time format that is no string in ${context.program}`);
    let apply = known.get(format);
    if (apply === undefined) {
      if (known.size >= 64) known.clear();
      apply = compileFormat(format);
      known.set(format, apply);
    }
    return apply(input);
  });
}
