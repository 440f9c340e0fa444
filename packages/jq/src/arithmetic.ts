import { named } from './json.js';
import { runtimeError } from './error.js';
import { compare, equal } from './order.js';
import type { BinaryOperator } from './syntax.js';
import { isArray, isObject, type JqObject, type JqValue, objectOf, property } from './value.js';
import { jqLimits, spend, spendOn, tooDeep } from './work-limit.js';

function cannot(left: JqValue, right: JqValue, be: string): Error {
  return runtimeError(`${named(left)} and ${named(right)} cannot be ${be}`);
}

function add(left: JqValue, right: JqValue): JqValue {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (left === null) return right;
  if (right === null) return left;
  if (isArray(left) && isArray(right)) {
    // Four copies count as a step: a sum of many arrays copies each of them again and again.
    spend((left.length + right.length) >> 2);
    return right.length === 0 ? left : left.concat(right);
  }
  if (isObject(left) && isObject(right)) {
    const entries = [...Object.entries(left), ...Object.entries(right)];
    spend(entries.length * 4);
    return objectOf(entries);
  }
  throw cannot(left, right, 'added');
}

function subtract(left: JqValue, right: JqValue): JqValue {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (isArray(left) && isArray(right)) {
    return left.filter((item) => {
      spend(right.length);
      return !right.some((other) => equal(item, other));
    });
  }
  throw cannot(left, right, 'subtracted');
}

function multiply(left: JqValue, right: JqValue): JqValue {
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (typeof left === 'string' && typeof right === 'number') return repeat(left, right);
  if (typeof left === 'number' && typeof right === 'string') return repeat(right, left);
  if (isObject(left) && isObject(right)) return mergeDeep(left, right, 0);
  throw cannot(left, right, 'multiplied');
}

function repeat(text: string, times: number): JqValue {
  const extra = Math.trunc(times - 1);
  if (Number.isNaN(extra) || extra < 0) return null;
  if (text.length * (extra + 1) > jqLimits.repeatedCharacters) {
    throw runtimeError(`A string repeated ${times} times would be too long`);
  }
  spend((text.length * (extra + 1)) >> 3);
  return text.repeat(extra + 1);
}

function mergeDeep(left: JqObject, right: JqObject, depth: number): JqObject {
  if (depth > jqLimits.depth) throw tooDeep('a merged object');
  const merged = new Map(Object.entries(left));
  spend(merged.size);
  for (const key of Object.keys(right)) {
    spend(1);
    const value = property(right, key);
    const before = merged.get(key);
    merged.set(
      key,
      before !== undefined && isObject(before) && isObject(value)
        ? mergeDeep(before, value, depth + 1)
        : value,
    );
  }
  return objectOf(merged);
}

function divide(left: JqValue, right: JqValue): JqValue {
  if (typeof left === 'number' && typeof right === 'number') {
    if (right === 0) throw cannot(left, right, 'divided because the divisor is zero');
    return left / right;
  }
  if (typeof left === 'string' && typeof right === 'string') return splitText(left, right);
  throw cannot(left, right, 'divided');
}

/** `split(separator)` without a regex; an empty string has no pieces. */
export function splitText(text: string, separator: string): readonly string[] {
  if (text === '') return [];
  spendOn(text);
  if (separator === '') spend(text.length >> 1);
  return separator === '' ? Array.from(text) : text.split(separator);
}

function remainder(left: JqValue, right: JqValue): JqValue {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw cannot(left, right, 'divided (remainder)');
  }
  const divisor = toInt64(right);
  if (divisor === 0n) throw cannot(left, right, 'divided (remainder) because the divisor is zero');
  const magnitude = divisor < 0n ? -divisor : divisor;
  return Number(toInt64(left) % magnitude);
}

const mostNegative = -(2n ** 63n);

// C's cast of a double to intmax_t as x86-64 does it: what does not fit becomes the most negative number.
function toInt64(value: number): bigint {
  return value >= -9223372036854775808 && value < 9223372036854775808
    ? BigInt(Math.trunc(value))
    : mostNegative;
}

/** jq's operators over two values. */
export const operators: Readonly<Record<BinaryOperator, (left: JqValue, right: JqValue) => JqValue>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': equal,
  '!=': (left, right) => !equal(left, right),
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
};
