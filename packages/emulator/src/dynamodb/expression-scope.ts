import { type AttributeValue, readValue } from './attribute-value.js';
import { invalid } from './dynamodb-errors.js';

/** What the `#` and `:` words of a request's expressions stand for. */
export interface ExpressionScope {
  /** The attribute behind a `#` word; undefined where there is none. */
  name(word: string): string | undefined;
  /** The value behind a `:` word; undefined where there is none. */
  value(word: string): AttributeValue | undefined;
  /** Refuses words that no expression uses; to be called when all are read. */
  checkUsed(): void;
}

/** The part of a request that expressions refer to. */
export interface ScopeInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the words of a request.
 *
 * @param expressions - the request's expressions by their members' names; undefined where one is not given
 */
export function expressionScope(
  { ExpressionAttributeNames: names, ExpressionAttributeValues: values }: ScopeInput,
  expressions: Readonly<Record<string, string | undefined>>,
): ExpressionScope {
  const given = Object.values(expressions).some((text) => text !== undefined);
  if (names !== undefined) {
    if (!given) throw invalid('ExpressionAttributeNames can only be specified when using expressions');
    if (Object.keys(names).length === 0) throw invalid('ExpressionAttributeNames must not be empty');
    checkWords('ExpressionAttributeNames', '#', names);
  }
  if (values !== undefined) {
    if (!given) {
      const missing = Object.keys(expressions).filter((name) => name !== 'ProjectionExpression');
      const verb = missing.length === 1 ? 'is' : 'are';
      throw invalid(
        `ExpressionAttributeValues can only be specified when using expressions: ${missing.join(' and ')} ${verb} null`,
      );
    }
    if (Object.keys(values).length === 0) throw invalid('ExpressionAttributeValues must not be empty');
    checkWords('ExpressionAttributeValues', ':', values);
  }
  const namesLeft = new Set(Object.keys(names ?? {}));
  const valuesLeft = new Set(Object.keys(values ?? {}));
  const read = new Map(
    Object.entries(values ?? {}).map(([word, value]) => [word, readWord(word, value)] as const),
  );
  const nameOf = new Map(Object.entries(names ?? {}));
  return {
    name(word) {
      namesLeft.delete(word);
      return nameOf.get(word);
    },
    value(word) {
      valuesLeft.delete(word);
      return read.get(word);
    },
    checkUsed() {
      checkLeft('ExpressionAttributeNames', namesLeft);
      checkLeft('ExpressionAttributeValues', valuesLeft);
    },
  };
}

function checkWords(member: string, sign: '#' | ':', words: Readonly<Record<string, unknown>>): void {
  for (const word of Object.keys(words)) {
    if (word.startsWith(sign) && /^.[a-zA-Z0-9_]+$/.test(word)) continue;
    throw invalid(`${member} contains invalid key: Syntax error; key: "${word}"`);
  }
}

function readWord(word: string, value: unknown): AttributeValue {
  try {
    return readValue(value);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${word}`);
  }
}

function checkLeft(member: string, left: ReadonlySet<string>): void {
  if (left.size === 0) return;
  throw invalid(`Value provided in ${member} unused in expressions: keys: {${[...left].join(', ')}}`);
}
