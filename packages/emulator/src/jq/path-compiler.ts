import { type Code, map2, single, stream } from './code.js';
import { compile, type Context } from './compiler.js';
import { named } from './arithmetic.js';
import { runtimeError } from './error.js';
import { orderedKeys } from './json-text.js';
import { index, slice } from './paths.js';
import type { Node } from './syntax.js';
import { isArray, isObject, type JqObject, type JqValue, property } from './value.js';

type PathNode = Extract<Node, { kind: 'index' | 'slice' | 'iterate' }>;

/** `.a`, `.[0]`, `.[1:2]` and `.[]`. */
export function compilePath(node: PathNode, context: Context): Code {
  const target = compile(node.target, context);
  if (node.kind === 'iterate') return compileIterate(target);
  if (node.kind === 'slice') {
    const nothing = single(() => null);
    const from = node.from === undefined ? nothing : compile(node.from, context);
    const to = node.to === undefined ? nothing : compile(node.to, context);
    return compileSlice(target, from, to);
  }
  if (node.key.kind === 'literal' && typeof node.key.value === 'string') {
    return compileField(target, node.key.value, node.target.kind === 'identity');
  }
  return map2(target, compile(node.key, context), index);
}

function compileField(target: Code, key: string, ofInput: boolean): Code {
  const read = fieldReader(key);
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

function compileIterate(target: Code): Code {
  return stream((input, scope, emit) => {
    target.many(input, scope, (value) => {
      if (isArray(value)) for (const item of value) emit(item);
      else if (isObject(value)) for (const key of orderedKeys(value)) emit(property(value, key));
      else throw runtimeError(`Cannot iterate over ${named(value)}`);
    });
  });
}

function compileSlice(target: Code, from: Code, to: Code): Code {
  if (target.one !== undefined && from.one !== undefined && to.one !== undefined) {
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
        target.many(input, scope, (whole) => {
          emit(slice(whole, first, last));
        });
      });
    });
  });
}
