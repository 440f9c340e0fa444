import { unsupported } from './error.js';
import type { Node } from './syntax.js';
import type { TokenReader } from './token-reader.js';

const identity: Node = { kind: 'identity' };

/** What no term can begin with. */
const keywords = new Set(
  'def module import include if then else elif end as reduce foreach try catch label and or __loc__'.split(
    ' ',
  ),
);

/** A term: a start such as `.a`, `"text"` or `f(x)`, and the path that follows it. */
export function parseTerm(reader: TokenReader): Node {
  let node = parseStart(reader);
  for (;;) {
    const next = parsePathStep(reader, node);
    if (next === undefined) return node;
    // A `?` behind a path step belongs to that step alone; behind anything else it is a `try`, the caller's.
    node = optional(reader, next);
  }
}

type PathNode = Extract<Node, { kind: 'index' | 'slice' | 'iterate' }>;

function parsePathStep(reader: TokenReader, target: Node): PathNode | undefined {
  const token = reader.peek();
  if (token.kind === 'field') {
    reader.next();
    return indexBy(target, token.text.slice(1));
  }
  if (token.text === '.' && reader.peek(1).kind === 'string') {
    reader.next();
    return { kind: 'index', target, key: parseText(reader, '@text') };
  }
  return reader.take('[') ? parseBracket(reader, target) : undefined;
}

function indexBy(target: Node, key: string): PathNode {
  return { kind: 'index', target, key: { kind: 'literal', value: key } };
}

function parseBracket(reader: TokenReader, target: Node): PathNode {
  if (reader.take(']')) return { kind: 'iterate', target };
  const from = reader.take(':') ? undefined : reader.parsePipe();
  if (from !== undefined && reader.take(']')) return { kind: 'index', target, key: from };
  if (from !== undefined) reader.expect(':');
  const to = from !== undefined && reader.peek().text === ']' ? undefined : reader.parsePipe();
  reader.expect(']');
  return { kind: 'slice', target, from, to };
}

function parseStart(reader: TokenReader): Node {
  const token = reader.peek();
  switch (token.kind) {
    case 'number':
      reader.next();
      return { kind: 'literal', value: token.value };
    case 'string':
      return parseText(reader, '@text');
    case 'format':
      reader.next();
      if (reader.peek().kind === 'string') return parseText(reader, token.text);
      return { kind: 'format', format: token.text };
    case 'field':
      reader.next();
      if (/^\.[eE][0-9]+$/.test(token.text)) {
        // jq 1.6's scanner takes `.e1` for a number without digits and stops.
        throw unsupported(`"${token.text}" in ${reader.program}`, `Write .["${token.text.slice(1)}"]`);
      }
      return optional(reader, indexBy(identity, token.text.slice(1)));
    case 'variable':
      reader.next();
      return { kind: 'variable', name: token.text.slice(1) };
    case 'name':
      return parseCall(reader);
    case 'symbol':
      return parseSymbol(reader);
    case 'end':
      throw reader.unexpected('an expression');
  }
}

function optional(reader: TokenReader, node: PathNode): PathNode {
  return reader.take('?') ? { ...node, optional: true } : node;
}

function parseSymbol(reader: TokenReader): Node {
  if (reader.take('..')) return { kind: 'recurse' };
  if (reader.take('.')) {
    if (reader.peek().kind === 'string') {
      return optional(reader, { kind: 'index', target: identity, key: parseText(reader, '@text') });
    }
    if (reader.take('[')) return optional(reader, parseBracket(reader, identity));
    return identity;
  }
  if (reader.take('(')) {
    const node = reader.parsePipe();
    reader.expect(')');
    return node;
  }
  if (reader.take('[')) {
    if (reader.take(']')) return { kind: 'array', body: undefined };
    const body = reader.parsePipe();
    reader.expect(']');
    return { kind: 'array', body };
  }
  if (reader.take('{')) return parseObject(reader);
  throw reader.unexpected('an expression');
}

function parseCall(reader: TokenReader): Node {
  const name = reader.peek().text;
  if (name === 'foreach') throw unsupported(`"foreach" in ${reader.program}`);
  if (keywords.has(name)) throw reader.unexpected('an expression');
  reader.next();
  const args: Node[] = [];
  if (reader.take('(')) {
    do args.push(reader.parsePipe());
    while (reader.take(';'));
    reader.expect(')');
  }
  return { kind: 'call', name, args };
}

/** A string with its interpolations, each written by the format before it. */
function parseText(reader: TokenReader, format: string): Node {
  const token = reader.next();
  if (token.kind !== 'string') throw reader.unexpected('a string');
  const parts = token.parts
    .map((part) => (typeof part === 'string' ? part : reader.parseNested(part)))
    .filter((part) => part !== '');
  const [only] = parts;
  if (parts.length === 0) return { kind: 'literal', value: '' };
  if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
  return { kind: 'text', format, parts };
}

interface Entry {
  readonly key: Node;
  readonly value: Node;
}

/** What is between `{` and `}`; jq 1.6 allows a comma at the end. */
function parseObject(reader: TokenReader): Node {
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
  const key = reader.parsePipe();
  reader.expect(')');
  return key;
}

/** A value is terms joined by `|`; anything wider needs parentheses in jq 1.6. */
function parseValue(reader: TokenReader): Node {
  if (reader.take('-')) return { kind: 'negate', operand: reader.within(parseValue) };
  const left = parseTerm(reader);
  return reader.take('|') ? { kind: 'pipe', left, right: reader.within(parseValue) } : left;
}
