import { GlueSchemaError } from './errors.js';
import {
  checkParameters,
  isFieldName,
  isGluePrimitive,
  MAX_TYPE_DEPTH,
  MAX_TYPE_LENGTH,
} from './glue-rules.js';
import type { GlueField, GlueType } from './glue-type.js';
import { checkText } from './check-arguments.js';

/**
 * Reads Glue's `Type` text with Hive's grammar: type names in any case, white space around any token.
 *
 * @throws GlueSchemaError `INVALID_TYPE_TEXT` with the position, or `INVALID_TYPE` and `LIMIT_EXCEEDED`.
 *
 * @example
 * ```ts
 * import { parseGlueType } from '@store/glue-schema';
 *
 * console.log(parseGlueType('ARRAY<varchar(8)>')); // { kind: 'array', element: { kind: 'varchar', length: 8 } }
 * ```
 */
export function parseGlueType(text: string): GlueType {
  checkText('text', text);
  if (text.length > MAX_TYPE_LENGTH) {
    throw new GlueSchemaError(
      'LIMIT_EXCEEDED',
      `Expected a type of at most ${MAX_TYPE_LENGTH} characters, got ${text.length}`,
      { length: text.length },
    );
  }
  const reader: Reader = { text, tokens: tokenise(text), next: 0 };
  const type = readType(reader, 0);
  const rest = reader.tokens[reader.next];
  if (rest !== undefined) fail(reader, 'the end', rest);
  return type;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[<>(),:]|[^<>(),:\s]+/g)) {
    tokens.push({ text: match[0], at: match.index });
  }
  return tokens;
}

function fail(reader: Reader, expected: string, token: Token | undefined): never {
  const at = token?.at ?? reader.text.length;
  throw new GlueSchemaError(
    'INVALID_TYPE_TEXT',
    `Expected ${expected} at character ${at} of type "${shorten(reader.text)}", got ${token ? `"${token.text}"` : 'its end'}`,
    { type: reader.text, at },
  );
}

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text);

function expectToken(reader: Reader, text: string): void {
  const token = reader.tokens[reader.next];
  if (token?.text !== text) fail(reader, `"${text}"`, token);
  reader.next += 1;
}

function accept(reader: Reader, text: string): boolean {
  if (reader.tokens[reader.next]?.text !== text) return false;
  reader.next += 1;
  return true;
}

function readType(reader: Reader, depth: number): GlueType {
  const token = reader.tokens[reader.next];
  reader.next += 1;
  const name = token?.text.toLowerCase();
  switch (name) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
    case 'string':
    case 'binary':
    case 'date':
    case 'timestamp':
      return { kind: name };
    case 'decimal': {
      const [precision = 10, scale = 0] = readNumbers(reader, 0, 2);
      return checked({ kind: 'decimal', precision, scale });
    }
    case 'char':
    case 'varchar': {
      const [length = 0] = readNumbers(reader, 1, 1);
      return checked({ kind: name, length });
    }
    case 'array':
    case 'map':
    case 'struct':
      if (depth >= MAX_TYPE_DEPTH) {
        throw new GlueSchemaError(
          'LIMIT_EXCEEDED',
          `Expected at most ${MAX_TYPE_DEPTH} levels of array, map and struct in type "${shorten(reader.text)}"`,
          { maxDepth: MAX_TYPE_DEPTH },
        );
      }
      return readNested(reader, name, depth + 1);
    default:
      return fail(reader, hints.get(name ?? '') ?? 'a Hive type', token);
  }
}

/** Names that people bring from other dialects, with what Glue calls them. */
const hints: ReadonlyMap<string, string> = new Map([
  ['integer', 'a Hive type ("int" for "integer")'],
  ['long', 'a Hive type ("bigint" for "long")'],
  ['real', 'a Hive type ("float" for "real")'],
  ['numeric', 'a Hive type ("decimal" for "numeric")'],
  ['text', 'a Hive type ("string" for "text")'],
  ['row', 'a Hive type ("struct<name:type>" for "row")'],
  ['uniontype', 'a Hive type that SerDes can read (not "uniontype")'],
]);

function checked(type: GlueType): GlueType {
  checkParameters(type);
  return type;
}

function readNested(reader: Reader, kind: 'array' | 'map' | 'struct', depth: number): GlueType {
  expectToken(reader, '<');
  let type: GlueType;
  if (kind === 'array') {
    type = { kind, element: readType(reader, depth) };
  } else if (kind === 'map') {
    const keyToken = reader.tokens[reader.next];
    const key = readType(reader, depth);
    if (!isGluePrimitive(key)) fail(reader, 'a primitive map key', keyToken);
    expectToken(reader, ',');
    type = { kind, key, value: readType(reader, depth) };
  } else {
    type = { kind, fields: readFields(reader, depth) };
  }
  expectToken(reader, '>');
  return type;
}

function readFields(reader: Reader, depth: number): readonly GlueField[] {
  const fields: GlueField[] = [];
  do {
    const token = reader.tokens[reader.next];
    if (token === undefined || !isFieldName(token.text)) fail(reader, 'a struct field name', token);
    reader.next += 1;
    expectToken(reader, ':');
    fields.push({ name: token.text, type: readType(reader, depth) });
  } while (accept(reader, ','));
  return fields;
}

function readNumbers(reader: Reader, least: number, most: number): readonly number[] {
  const numbers: number[] = [];
  if (least === 0 && reader.tokens[reader.next]?.text !== '(') return numbers;
  expectToken(reader, '(');
  do {
    const token = reader.tokens[reader.next];
    if (token === undefined || !/^[0-9]{1,6}$/.test(token.text)) fail(reader, 'a whole number', token);
    reader.next += 1;
    numbers.push(Number(token.text));
  } while (numbers.length < most && accept(reader, ','));
  expectToken(reader, ')');
  return numbers;
}
