import { parsePipe } from './parser.js';
import type { Node } from './syntax.js';
import { parseTerm, parseText } from './term-parser.js';
import type { TokenReader } from './token-reader.js';

const identity: Node = { kind: 'identity' };

interface Entry {
  readonly key: Node;
  readonly value: Node;
}

/** What stands between `{` and `}`; jq 1.6 allows a comma at the end. */
export function parseObject(reader: TokenReader): Node {
  const entries: Entry[] = [];
  while (!reader.take('}')) {
    entries.push(parseEntry(reader));
    if (reader.peek().text !== '}') reader.expect(',');
  }
  return { kind: 'object', entries };
}

function parseEntry(reader: TokenReader): Entry {
  const token = reader.peek();
  if (token.kind === 'variable') {
    reader.next();
    const name = token.text.slice(1);
    return { key: { kind: 'literal', value: name }, value: { kind: 'variable', name } };
  }
  const key = parseKey(reader);
  if (reader.take(':')) return { key, value: parseValue(reader) };
  if (token.text === '(') throw reader.unexpected('":"');
  return { key, value: { kind: 'index', target: identity, key } };
}

function parseKey(reader: TokenReader): Node {
  const token = reader.peek();
  if (token.kind === 'name') {
    reader.next();
    return { kind: 'literal', value: token.text };
  }
  if (token.kind === 'string') return parseText(reader, '@text');
  if (token.kind === 'format') {
    reader.next();
    return parseText(reader, token.text);
  }
  if (!reader.take('(')) throw reader.unexpected('a key');
  const key = parsePipe(reader);
  reader.expect(')');
  return key;
}

/** A value is terms joined by `|`; anything wider needs parentheses in jq 1.6. */
function parseValue(reader: TokenReader): Node {
  if (reader.take('-')) return { kind: 'negate', operand: parseValue(reader) };
  const left = parseTerm(reader);
  return reader.take('|') ? { kind: 'pipe', left, right: parseValue(reader) } : left;
}
