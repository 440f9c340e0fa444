import { type Code, type Context, map1, map2, single, stream } from './code.js';
import { isCatchable, runtimeError } from './error.js';
import { named, orderedKeys } from './json.js';
import { fixedSlice, index, slice } from './paths.js';
import type { Node } from './syntax.js';
import { isArray, isObject, type JqObject, type JqValue, property } from './value.js';
import { spend, STEPS_OF_AN_ERROR } from './work-limit.js';

type PathNode = Extract<Node, { kind: 'index' | 'slice' | 'iterate' }>;

/** `.a`, `.[0]`, `.[1:2]` and `.[]`. */
export function compilePath(node: PathNode, context: Context): Code {
  const target = context.compile(node.target, context);
  const soft = node.optional === true;
  if (node.kind === 'iterate') return compileIterate(target, soft);
  if (node.kind === 'slice') {
    const [first, last] = [placeOf(node.from), placeOf(node.to)];
    if (!soft && first !== undefined && last !== undefined) {
      return compileStep(target, fixedSlice(first, last), node.target.kind === 'identity');
    }
    const nothing = single(() => null);
    const from = node.from === undefined ? nothing : context.compile(node.from, context);
    const to = node.to === undefined ? nothing : context.compile(node.to, context);
    return compileSlice(target, from, to, soft);
  }
  if (node.key.kind === 'literal' && typeof node.key.value === 'string') {
    const read = fieldReader(node.key.value);
    if (soft) return softly(target, read);
    return compileStep(target, read, node.target.kind === 'identity');
  }
  const key = context.compile(node.key, context);
  if (!soft) return map2(target, key, index);
  return stream((input, scope, emit) => {
    key.many(input, scope, (at) => {
      softly(target, (value) => index(value, at)).many(input, scope, emit);
    });
  });
}

/** A place that the program itself names, counted from the front. */
function placeOf(node: Node | undefined): number | undefined {
  if (node?.kind !== 'literal' || typeof node.value !== 'number') return undefined;
  return Number.isInteger(node.value) ? node.value : undefined;
}

/** A step with `?`: where it cannot read there is no output. What fails elsewhere is not its business. */
function softly(target: Code, read: (value: JqValue) => JqValue): Code {
  return stream((input, scope, emit) => {
    target.many(input, scope, (value) => {
      let output: JqValue;
      try {
        output = read(value);
      } catch (error) {
        if (isCatchable(error)) {
          spend(STEPS_OF_AN_ERROR);
          return;
        }
        throw error;
      }
      emit(output);
    });
  });
}

function compileStep(target: Code, read: (value: JqValue) => JqValue, ofInput: boolean): Code {
  if (ofInput) return single(read);
  const { one } = target;
  if (one !== undefined) return single((input, scope) => read(one(input, scope)));
  return stream((input, scope, emit) => {
    target.many(input, scope, (value) => {
      emit(read(value));
    });
  });
}

/** A reader of one known key; names that every JavaScript object inherits take the slower, exact way. */
function fieldReader(key: string): (value: JqValue) => JqValue {
  const inherited = key in {};
  return (value) => {
    if (typeof value !== 'object' || value === null || isArray(value)) return index(value, key);
    return inherited ? property(value, key) : direct(value, key);
  };
}

function direct(value: JqObject, key: string): JqValue {
  return value[key] ?? null;
}

function compileIterate(target: Code, soft: boolean): Code {
  const members = (value: JqValue, emit: (output: JqValue) => void): void => {
    if (isArray(value)) {
      spend(1 + value.length);
      for (const item of value) emit(item);
    } else if (isObject(value)) {
      const keys = orderedKeys(value);
      spend(1 + keys.length);
      for (const key of keys) emit(property(value, key));
    } else if (!soft) throw runtimeError(`Cannot iterate over ${named(value)}`);
  };
  const { one } = target;
  // Not a `stream`: what it costs is counted with its members.
  return {
    one: undefined,
    many:
      one === undefined
        ? (input, scope, emit) => {
            target.many(input, scope, (value) => {
              members(value, emit);
            });
          }
        : (input, scope, emit) => {
            members(one(input, scope), emit);
          },
  };
}

function compileSlice(target: Code, from: Code, to: Code, soft: boolean): Code {
  if (!soft && target.one !== undefined && from.one !== undefined && to.one !== undefined) {
    const [whole, start, end] = [target.one, from.one, to.one];
    return single((input, scope) => {
      const first = start(input, scope);
      const last = end(input, scope);
      return slice(whole(input, scope), first, last);
    });
  }
  return stream((input, scope, emit) => {
    to.many(input, scope, (last) => {
      from.many(input, scope, (first) => {
        const cut = (whole: JqValue): JqValue => slice(whole, first, last);
        (soft ? softly(target, cut) : map1(target, cut)).many(input, scope, emit);
      });
    });
  });
}
