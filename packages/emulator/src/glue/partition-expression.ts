import { NULL_PARTITION } from '../lake/partition-folder.js';
import { ServiceError } from '../wire/service-error.js';
import { invalid } from './glue-answers.js';
import { glueLimits } from './glue-limits.js';
import { likePattern } from './like-pattern.js';
import { partitionTokens, type PartitionToken } from './partition-tokens.js';
import { type Comparable, partitionTypeOf, type PartitionType } from './partition-value.js';

/** A partition key of a table. */
export interface PartitionKeyColumn {
  readonly Name: string;
  readonly Type?: string;
}

/** Whether a partition of these values is wanted. */
export type PartitionFilter = (values: readonly string[]) => boolean;

/** SQL's three truths: `undefined` is unknown. */
type Truth = boolean | undefined;
type Test = (values: readonly string[]) => Truth;

/**
 * Compiles the `Expression` of GetPartitions, which is a condition of SQL on the table's partition keys, to a filter:
 * NOT binds before AND, AND before OR. Values are compared as their key's type has it.
 */
export function partitionFilter(expression: string, keys: readonly PartitionKeyColumn[]): PartitionFilter {
  if (expression.trim() === '') return () => true;
  const tokens = partitionTokens(expression);
  if (tokens === undefined) throw unsupported(expression);
  const parser = new ExpressionParser(expression, tokens, keys);
  const test = parser.whole();
  return (values) => test(values) === true;
}

function unsupported(expression: string): ServiceError {
  return invalid(`Unsupported expression '${expression}'`);
}

interface Key {
  readonly type: PartitionType;
  /** Its value in a partition; `undefined` for NULL. */
  readonly of: (values: readonly string[]) => Comparable | undefined;
}

const comparisons: Readonly<Record<string, (left: Comparable, right: Comparable) => boolean>> = {
  '=': (left, right) => left === right,
  '<>': (left, right) => left !== right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** Reads tokens by recursive descent, one method for each level of binding. */
class ExpressionParser {
  readonly #expression: string;
  readonly #tokens: readonly PartitionToken[];
  readonly #keys: readonly PartitionKeyColumn[];
  #at = 0;
  #depth = 0;

  constructor(expression: string, tokens: readonly PartitionToken[], keys: readonly PartitionKeyColumn[]) {
    this.#expression = expression;
    this.#tokens = tokens;
    this.#keys = keys;
  }

  whole(): Test {
    const test = this.#or();
    if (this.#at < this.#tokens.length) throw unsupported(this.#expression);
    return test;
  }

  #or(): Test {
    const tests = [this.#and()];
    while (this.#takesJoin('OR')) tests.push(this.#and());
    if (tests.length === 1 && tests[0] !== undefined) return tests[0];
    return (values) => {
      let isUnknown = false;
      for (const test of tests) {
        const truth = test(values);
        if (truth === true) return true;
        isUnknown ||= truth === undefined;
      }
      return isUnknown ? undefined : false;
    };
  }

  #and(): Test {
    const tests = [this.#not()];
    while (this.#takesJoin('AND')) tests.push(this.#not());
    if (tests.length === 1 && tests[0] !== undefined) return tests[0];
    return (values) => {
      let isUnknown = false;
      for (const test of tests) {
        const truth = test(values);
        if (truth === false) return false;
        isUnknown ||= truth === undefined;
      }
      return isUnknown ? undefined : true;
    };
  }

  #not(): Test {
    if (this.#takesWord('NOT')) return negated(this.#deeper(() => this.#not()));
    if (this.#isSign('(') && !this.#isOperand()) {
      this.#at += 1;
      const test = this.#deeper(() => this.#or());
      this.#expect(')');
      return test;
    }
    return this.#condition();
  }

  #condition(): Test {
    const key = this.#key();
    if (this.#takesWord('IS')) {
      const isNegated = this.#takesWord('NOT');
      if (!this.#takesWord('NULL')) throw unsupported(this.#expression);
      return (values) => (key.of(values) === undefined) !== isNegated;
    }
    const operator = this.#peek();
    if (operator?.kind === 'sign' && Object.hasOwn(comparisons, operator.text)) {
      this.#at += 1;
      const wanted = this.#value(key);
      const holds = comparisons[operator.text];
      return onValue(key, (value) => holds?.(value, wanted));
    }
    const isNegated = this.#takesWord('NOT');
    const test = this.#range(key);
    return isNegated ? negated(test) : test;
  }

  #range(key: Key): Test {
    if (this.#takesWord('BETWEEN')) {
      const from = this.#value(key);
      if (!this.#takesWord('AND')) throw unsupported(this.#expression);
      const to = this.#value(key);
      return onValue(key, (value) => from <= value && value <= to);
    }
    if (this.#takesWord('IN')) {
      this.#expect('(');
      const wanted = new Set([this.#value(key)]);
      while (this.#takesSign(',')) wanted.add(this.#value(key));
      this.#expect(')');
      return onValue(key, (value) => wanted.has(value));
    }
    if (!this.#takesWord('LIKE')) throw unsupported(this.#expression);
    const pattern = this.#literal();
    if (key.type.kind !== 'text') {
      throw invalid(`${key.type.kind} data type doesn't support operation 'LIKE'`);
    }
    const matches = likePattern(pattern);
    return onValue(key, (value) => typeof value === 'string' && matches(value));
  }

  #key(): Key {
    const opened = this.#takesAll('(');
    const token = this.#peek();
    if (token?.kind !== 'word' && token?.kind !== 'quotedName') throw unsupported(this.#expression);
    this.#at += 1;
    for (let left = opened; left > 0; left -= 1) this.#expect(')');
    // No function is known here.
    if (this.#isSign('(')) throw unsupported(this.#expression);
    const name = token.text.toLowerCase();
    const at = this.#keys.findIndex((key) => key.Name.toLowerCase() === name);
    const found = this.#keys[at];
    if (found === undefined) throw invalid('Invalid partition expression!');
    const type = partitionTypeOf(found.Type ?? 'string');
    return { type, of: (values) => storedValue(values[at], type) };
  }

  #value({ type }: Key): Comparable {
    const literal = this.#literal();
    const value = type.read(literal);
    if (value === undefined) throw invalid(type.problem(literal));
    return value;
  }

  #literal(): string {
    const opened = this.#takesAll('(');
    const token = this.#peek();
    if (token?.kind !== 'literal') throw unsupported(this.#expression);
    this.#at += 1;
    for (let left = opened; left > 0; left -= 1) this.#expect(')');
    return token.text;
  }

  #deeper(read: () => Test): Test {
    this.#depth += 1;
    if (this.#depth > glueLimits.nested) throw unsupported(this.#expression);
    const test = read();
    this.#depth -= 1;
    return test;
  }

  #peek(ahead = 0): PartitionToken | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #isSign(sign: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token?.kind === 'sign' && token.text === sign;
  }

  /** Whether a name alone is in the parentheses that open here, and they are closed behind it. */
  #isOperand(): boolean {
    let opened = 0;
    while (this.#isSign('(', opened)) opened += 1;
    for (let closed = 1; closed <= opened; closed += 1) {
      if (!this.#isSign(')', opened + closed)) return false;
    }
    return true;
  }

  #takesAll(sign: string): number {
    let taken = 0;
    while (this.#takesSign(sign)) taken += 1;
    return taken;
  }

  #takesSign(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#at += 1;
    return true;
  }

  #takesWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || token.upper !== word) return false;
    this.#at += 1;
    return true;
  }

  /** Takes AND or OR, which Glue also reads in parentheses. */
  #takesJoin(word: string): boolean {
    if (this.#takesWord(word)) return true;
    const token = this.#peek(1);
    if (!this.#isSign('(') || !this.#isSign(')', 2)) return false;
    if (token?.kind !== 'word' || token.upper !== word) return false;
    this.#at += 3;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#takesSign(sign)) throw unsupported(this.#expression);
  }
}

function negated(test: Test): Test {
  return (values) => {
    const truth = test(values);
    return truth === undefined ? undefined : !truth;
  };
}

function onValue(key: Key, holds: (value: Comparable) => Truth): Test {
  return (values) => {
    const value = key.of(values);
    return value === undefined ? undefined : holds(value);
  };
}

/** A partition may have been made before its key had the type that it has now. */
function storedValue(value: string | undefined, type: PartitionType): Comparable | undefined {
  if (value === undefined || value === NULL_PARTITION) return undefined;
  const found = type.read(value);
  if (found === undefined) throw new ServiceError('InvalidStateException', type.problem(value));
  return found;
}
