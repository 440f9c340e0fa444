import type { Node } from './syntax.js';
import type { JqValue } from './value.js';
import { spend } from './work-limit.js';

/** Variables in scope, innermost first; never changed, so that an output may be resumed after an inner one. */
export interface Scope {
  readonly value: JqValue;
  readonly outer: Scope | undefined;
}

/** Computes the one output of an expression that always has exactly one, or throws. */
export type One = (input: JqValue, scope: Scope | undefined) => JqValue;

/** Hands every output to `emit`, in order. */
export type Many = (input: JqValue, scope: Scope | undefined, emit: (output: JqValue) => void) => void;

/** A compiled expression; `one` is there when it always has exactly one output, which is the fast way. */
export interface Code {
  readonly one: One | undefined;
  readonly many: Many;
}

/** What the compiler knows at one place of the program. */
export interface Context {
  readonly program: string;
  /** Names of the variables in scope, innermost first. */
  readonly variables: readonly string[];
  /** Seconds since 1970, for `now`. */
  readonly now: () => number;
  /** Compiles a part of the program; read while compiling, never per record. */
  readonly compile: (part: Node, context: Context) => Code;
}

/** Code with exactly one output. */
export function single(one: One): Code {
  return {
    one,
    many: (input, scope, emit) => {
      emit(one(input, scope));
    },
  };
}

/** Code with any number of outputs. */
export function stream(many: Many): Code {
  return {
    one: undefined,
    many: (input, scope, emit) => {
      spend(1);
      many(input, scope, emit);
    },
  };
}

/** All outputs as an array. */
export function collect(code: Code, input: JqValue, scope: Scope | undefined): readonly JqValue[] {
  if (code.one !== undefined) return [code.one(input, scope)];
  const outputs: JqValue[] = [];
  code.many(input, scope, (output) => {
    outputs.push(output);
  });
  return outputs;
}

/** A function of the input and one operand. */
export function map1(operand: Code, apply: (value: JqValue, input: JqValue) => JqValue): Code {
  const { one } = operand;
  if (one !== undefined) return single((input, scope) => apply(one(input, scope), input));
  return stream((input, scope, emit) => {
    operand.many(input, scope, (value) => {
      emit(apply(value, input));
    });
  });
}

/** A function of two operands; the right one is the outer loop and runs first, as in jq. */
export function map2(
  left: Code,
  right: Code,
  apply: (left: JqValue, right: JqValue, input: JqValue) => JqValue,
): Code {
  const leftOne = left.one;
  const rightOne = right.one;
  if (leftOne !== undefined && rightOne !== undefined) {
    return single((input, scope) => {
      const second = rightOne(input, scope);
      return apply(leftOne(input, scope), second, input);
    });
  }
  return stream((input, scope, emit) => {
    right.many(input, scope, (second) => {
      left.many(input, scope, (first) => {
        emit(apply(first, second, input));
      });
    });
  });
}

/** Thrown to leave an enclosing `first` or `limit` early; never seen outside. */
export class Stop extends Error {
  override readonly name = 'Stop';
}
