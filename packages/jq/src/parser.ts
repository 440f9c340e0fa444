import { syntaxError, unsupported } from './error.js';
import { tokenize } from './lexer.js';
import type { BinaryOperator, Node } from './syntax.js';
import { parseTerm } from './term-parser.js';
import { TokenReader } from './token-reader.js';
import { jqLimits, tooDeep } from './work-limit.js';

/** A node and the list that it is in are a level each. */
const NODE_DEPTH = 2 * jqLimits.depth;
const identity: Node = { kind: 'identity' };

/** Parses a program by jq 1.6's grammar; what is jq but outside the subset is refused by name. */
export function parse(program: string): Node {
  const reader = new TokenReader(program, tokenize(program), parsePipe);
  const node = reader.peek().kind === 'end' ? identity : reader.parseWhole();
  checkDepth(node);
  return node;
}

/** Refuses expressions that are nested more deeply than the stack surely holds, sums and paths of many parts included. */
function checkDepth(program: Node): void {
  // Nodes are plain objects, whose parts are nodes, lists and scalars.
  const partsOf = (part: unknown): readonly unknown[] =>
    typeof part === 'object' && part !== null ? Object.values(part as Readonly<Record<string, unknown>>) : [];
  let level: readonly unknown[] = [program];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > NODE_DEPTH) throw tooDeep('the expression');
    level = level.flatMap(partsOf);
  }
}

/** The loosest level: `a | b`, right associative. */
function parsePipe(reader: TokenReader): Node {
  const first = reader.peek();
  if (first.kind === 'name' && ['def', 'import', 'include', 'label'].includes(first.text)) {
    throw unsupported(`"${first.text}" in ${reader.program}`);
  }
  const left = parseComma(reader);
  return reader.take('|') ? { kind: 'pipe', left, right: reader.within(parsePipe) } : left;
}

function parseComma(reader: TokenReader): Node {
  let left = parseOrElse(reader);
  while (reader.take(',')) {
    left = { kind: 'comma', left, right: parseOrElse(reader) };
  }
  return left;
}

function parseOrElse(reader: TokenReader): Node {
  const left = parseOr(reader);
  const next = reader.peek().text;
  if (['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='].includes(next)) {
    throw unsupported(`assignment "${next}" in ${reader.program}`);
  }
  return reader.take('//') ? { kind: 'or-else', left, right: reader.within(parseOrElse) } : left;
}

function parseOr(reader: TokenReader): Node {
  let left = parseAnd(reader);
  while (reader.takeWord('or')) left = { kind: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): Node {
  let left = parseComparison(reader);
  while (reader.takeWord('and')) left = { kind: 'and', left, right: parseComparison(reader) };
  return left;
}

const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const;

function parseComparison(reader: TokenReader): Node {
  const left = parseSum(reader);
  const operator = reader.takeAny(comparisons);
  if (operator === undefined) return left;
  const node: Node = { kind: 'binary', operator, left, right: parseSum(reader) };
  const next = reader.takeAny(comparisons);
  if (next !== undefined) {
    throw syntaxError(`a second comparison "${next}"`, reader.program, reader.peek().at);
  }
  return node;
}

function parseSum(reader: TokenReader): Node {
  // A leading minus binds as loosely as a sum: -1 * 2 is -(1 * 2).
  let left: Node = reader.take('-')
    ? { kind: 'negate', operand: parseProduct(reader) }
    : parseProduct(reader);
  for (;;) {
    const operator = reader.takeAny(['+', '-'] as const);
    if (operator === undefined) return left;
    left = binary(operator, left, parseProduct(reader));
  }
}

function parseProduct(reader: TokenReader): Node {
  let left = parsePostfix(reader);
  for (;;) {
    const operator = reader.takeAny(['*', '/', '%'] as const);
    if (operator === undefined) return left;
    const right = parsePostfix(reader);
    if (operator === '/' && right.kind === 'literal' && right.value === 0) {
      throw syntaxError('division by zero', reader.program, reader.peek().at);
    }
    left = binary(operator, left, right);
  }
}

function binary(operator: BinaryOperator, left: Node, right: Node): Node {
  return { kind: 'binary', operator, left, right };
}

/** A term, or one of the forms that are no terms and take no path behind them; then any `?`. */
function parsePostfix(reader: TokenReader): Node {
  let node = parseCompound(reader) ?? parseBinding(reader);
  while (reader.take('?')) node = { kind: 'try', body: node, handler: undefined };
  return node;
}

/** A term, or `term as $x | body`: it binds the one term before it, and the body reaches as far as it can. */
function parseBinding(reader: TokenReader): Node {
  const source = parseTerm(reader);
  if (!reader.takeWord('as')) return source;
  const name = reader.takeVariable();
  reader.expect('|');
  return { kind: 'bind', source, name, body: reader.parsePipe() };
}

function parseCompound(reader: TokenReader): Node | undefined {
  if (reader.take('-')) return { kind: 'negate', operand: reader.within(parsePostfix) };
  if (reader.takeWord('if')) return parseIf(reader);
  if (reader.takeWord('try')) {
    const body = reader.within(parsePostfix);
    const handler = reader.takeWord('catch') ? reader.within(parsePostfix) : undefined;
    return { kind: 'try', body, handler };
  }
  return reader.takeWord('reduce') ? parseReduce(reader) : undefined;
}

function parseIf(reader: TokenReader): Node {
  const condition = reader.parsePipe();
  reader.expectWord('then');
  const then = reader.parsePipe();
  if (reader.takeWord('elif')) return { kind: 'if', condition, then, otherwise: reader.within(parseIf) };
  // jq 1.7 made `else` optional; 1.6, which Firehose runs, has not.
  reader.expectWord('else');
  const otherwise = reader.parsePipe();
  reader.expectWord('end');
  return { kind: 'if', condition, then, otherwise };
}

function parseReduce(reader: TokenReader): Node {
  const source = parseTerm(reader);
  reader.expectWord('as');
  const name = reader.takeVariable();
  reader.expect('(');
  const start = reader.parsePipe();
  reader.expect(';');
  const update = reader.parsePipe();
  reader.expect(')');
  return { kind: 'reduce', source, name, start, update };
}
