import { operators } from './arithmetic.js';
import {
  type Code,
  type Context,
  collect,
  map1,
  map2,
  type One,
  type Scope,
  single,
  stream,
} from './code.js';
import { runtimeError } from './error.js';
import { named } from './json.js';
import { formatter } from './text.js';
import type { Node } from './syntax.js';
import { type JqValue, objectOf } from './value.js';
import { spend } from './work-limit.js';

type ConstructionNode = Extract<Node, { kind: 'text' | 'array' | 'object' }>;
type ObjectNode = Extract<Node, { kind: 'object' }>;

/** `"\(a)"`, `[a]` and `{a: b}`. */
export function compileConstruction(node: ConstructionNode, context: Context): Code {
  if (node.kind === 'object') return compileObject(node, context);
  if (node.kind === 'text') return compileText(node, context);
  if (node.body === undefined) return single(() => []);
  const body = context.compile(node.body, context);
  return single((input, scope) => collect(body, input, scope));
}

function compileText(node: Extract<Node, { kind: 'text' }>, context: Context): Code {
  const write = formatter(node.format, context.program);
  let text: Code = single(() => '');
  for (const part of node.parts) {
    const piece: Code =
      typeof part === 'string' ? single(() => part) : map1(context.compile(part, context), write);
    text = map2(text, piece, operators['+']);
  }
  return text;
}

interface EntryCode {
  readonly key: Code;
  readonly value: Code;
  readonly name: string | undefined;
}

function compileObject(node: ObjectNode, context: Context): Code {
  const entries = node.entries.map(({ key, value }): EntryCode => {
    const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
    return { key: context.compile(key, context), value: context.compile(value, context), name };
  });
  const record = plainRecord(entries);
  if (record !== undefined) return single(record);
  return stream((input, scope, emit) => {
    expand(entries, 0, new Map(), input, scope, emit);
  });
}

/** The usual partition-key object: known keys, one output each. */
function plainRecord(entries: readonly EntryCode[]): One | undefined {
  const fields: { readonly name: string; readonly one: One }[] = [];
  for (const { name, value } of entries) {
    if (name === undefined || name === '__proto__' || value.one === undefined) return undefined;
    fields.push({ name, one: value.one });
  }
  return (input, scope) => {
    const record: Record<string, JqValue> = {};
    for (const field of fields) record[field.name] = field.one(input, scope);
    return record;
  };
}

function expand(
  entries: readonly EntryCode[],
  at: number,
  built: ReadonlyMap<string, JqValue>,
  input: JqValue,
  scope: Scope | undefined,
  emit: (output: JqValue) => void,
): void {
  const entry = entries[at];
  if (entry === undefined) {
    emit(objectOf(built));
    return;
  }
  entry.key.many(input, scope, (key) => {
    entry.value.many(input, scope, (value) => {
      spend(8);
      if (typeof key === 'string') spend(key.length >> 5);
      if (typeof key !== 'string') throw runtimeError(`Cannot use ${named(key)} as object key`);
      expand(entries, at + 1, new Map([...built, [key, value]]), input, scope, emit);
    });
  });
}
