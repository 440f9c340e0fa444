import type { AttributeValue, Item } from './attribute-value.js';
import { dynamodbLimits, invalid } from './dynamodb-errors.js';
import type { ExpressionScope } from './expression-scope.js';
import { reservedWords } from './reserved-words.js';

/** Where a value is in an item: an attribute, then members of maps and places in lists. */
export type Path = readonly [string, ...(string | number)[]];

/** Kinds of expressions, as their errors name them. */
export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

const token = /\s*(?:([#:]?[A-Za-z_0-9]+)|(<>|<=|>=|[=<>(),.[\]+-])|(\S))/gy;

/** Reads one expression from its start to its end. */
export interface ExpressionReader {
  readonly kind: ExpressionKind;
  /** The next word or sign, which stays. */
  peek(): string;
  /** Takes the next one if it is that word, in any case, or that sign. */
  accept(word: string): boolean;
  /** Takes the next one, which must be that. */
  expect(word: string): void;
  /** Takes a path. */
  path(): Path;
  /** Takes a `:` word if that is next. */
  value(): AttributeValue | undefined;
  /** Whether everything is read. */
  atEnd(): boolean;
  /** The error for what cannot be here. */
  misplaced(): Error;
  /** An error in this expression. */
  wrong(message: string): Error;
}

/** What stands where nothing more stands. */
const END = '<EOF>';

/** Opens an expression. */
export function readExpression(kind: ExpressionKind, text: string, scope: ExpressionScope): ExpressionReader {
  const wrong = (message: string): Error => invalid(`Invalid ${kind}: ${message}`);
  if (text.trim() === '') throw wrong('The expression can not be empty;');
  if (Buffer.byteLength(text) > dynamodbLimits.expressionBytes) {
    const { expressionBytes } = dynamodbLimits;
    throw wrong(
      `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(text)}, maximum: ${expressionBytes}`,
    );
  }
  const tokens = [...text.matchAll(token)].map(([, word, sign, other]) => word ?? sign ?? other ?? '');
  let at = 0;

  const peek = (): string => tokens[at] ?? END;
  const misplaced = (): Error => {
    const near = [tokens[at - 1], tokens[at], tokens[at + 1]].filter((part) => part !== undefined).join(' ');
    return wrong(`Syntax error; token: "${peek()}", near: "${near}"`);
  };
  const accept = (word: string): boolean => {
    if (peek().toUpperCase() !== word) return false;
    at += 1;
    return true;
  };
  const expect = (word: string): void => {
    if (!accept(word)) throw misplaced();
  };

  function step(): string {
    const word = peek();
    if (word.startsWith('#')) {
      at += 1;
      const name = scope.name(word);
      if (name !== undefined) return name;
      throw wrong(
        `An expression attribute name used in the document path is not defined; attribute name: ${word}`,
      );
    }
    if (!/^[A-Za-z_]/.test(word) || word === END) throw misplaced();
    if (reservedWords.has(word.toUpperCase())) {
      throw wrong(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
    }
    at += 1;
    return word;
  }

  return {
    kind,
    peek,
    accept,
    expect,
    misplaced,
    wrong,
    atEnd: () => at >= tokens.length,
    path() {
      const path: [string, ...(string | number)[]] = [step()];
      for (;;) {
        if (accept('.')) path.push(step());
        else if (accept('[')) {
          if (!/^\d{1,9}$/.test(peek())) throw misplaced();
          path.push(Number(peek()));
          at += 1;
          expect(']');
        } else return path;
      }
    },
    value() {
      const word = peek();
      if (!word.startsWith(':')) return undefined;
      at += 1;
      const value = scope.value(word);
      if (value !== undefined) return value;
      throw wrong(
        `An expression attribute value used in expression is not defined; attribute value: ${word}`,
      );
    },
  };
}

/** The value at a path of an item; undefined where there is none. */
export function valueAt(item: Item | undefined, path: Path): AttributeValue | undefined {
  const [name, ...steps] = path;
  let value = memberOf(item, name);
  for (const step of steps) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value ? memberOf(value.M, step) : undefined;
  }
  return value;
}

/** A member of its own: `constructor` is none. */
function memberOf(item: Item | undefined, name: string): AttributeValue | undefined {
  return item !== undefined && Object.hasOwn(item, name) ? item[name] : undefined;
}

/** A path as messages show it. */
export const shownPath = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
