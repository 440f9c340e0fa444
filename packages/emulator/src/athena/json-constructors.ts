import { notSupported } from './athena-error.js';
import { asTyped, callOf, constantOf, nodesOf, type SqlNode, textNode } from './sql-ast.js';
import type { Brackets } from './brackets.js';
import type { SqlToken } from './sql-tokens.js';
import { isNullConstant } from './static-family.js';

const calls: Readonly<Record<string, string>> = {
  JSON_ARRAY: 'trino_lit_json_array',
  JSON_OBJECT: 'trino_lit_json_object',
};
const clauses: ReadonlySet<string> = new Set(['ABSENT', 'FORMAT', 'RETURNING', 'WITH', 'WITHOUT']);

/**
 * What stands for tokens of `json_array(…)` and `json_object(…)`, so that they are calls with a list of arguments: of
 * an object, keys and values by turns. `undefined` where it has clauses, or is another call.
 */
export function constructorTokens(
  tokens: readonly SqlToken[],
  brackets: Brackets,
  at: number,
  end: number,
): ReadonlyMap<number, string> | undefined {
  const key = tokens[at]?.key ?? '';
  const call = Object.hasOwn(calls, key) ? calls[key] : undefined;
  if (call === undefined) return undefined;
  const instead = new Map([[at, call]]);
  // Place of the first token of an item; after its separator, none.
  let start = at + 2;
  for (let look = at + 2; look < end; look += 1) {
    const { text, key: word } = tokens[look] ?? { text: '', key: '' };
    if (text === '(' || text === '[') look = brackets.closingOf(look);
    if (clauses.has(word) || (word === 'NULL' && tokens[look + 1]?.key === 'ON')) return undefined;
    if (text === ',') start = look + 1;
    else if (key === 'JSON_OBJECT' && start >= 0) {
      if (look === start && word === 'KEY') instead.set(look, '');
      else if (look > start && (text === ':' || word === 'VALUE')) {
        instead.set(look, ',');
        start = -1;
      }
    }
  }
  return instead;
}

/** What stands for a call that {@link constructorTokens} made; its arguments are rewritten. */
export function jsonConstructor(
  call: SqlNode,
  name: string,
  children: readonly unknown[],
): SqlNode | undefined {
  if (name === calls.JSON_ARRAY) {
    const items = children
      .filter((child) => !isNullConstant(child))
      .map((child) => callOf('trino_json_item', [child]));
    return callOf('trino_json_array_of', [callOf('list_value', items)], call);
  }
  if (name !== calls.JSON_OBJECT) return undefined;
  const written = nodesOf(call.children);
  const members = new Map<string, unknown>();
  for (let at = 0; at < written.length; at += 2) {
    const key = constantOf(written[at]);
    if (typeof key !== 'string') throw notSupported('json_object with a key that is no plain text');
    if (members.has(key)) throw notSupported('cannot construct a JSON object with duplicate key');
    members.set(key, children[at + 1]);
  }
  const pieces = inHashOrder([...members.keys()]).flatMap((key, at) => {
    const value = members.get(key);
    const item = isNullConstant(value) ? text('null') : callOf('trino_json_member', [value]);
    return [text(`${at === 0 ? '' : ','}${JSON.stringify(key)}:`), item];
  });
  return callOf('concat', [text('{'), ...pieces, text('}')], call);
}

const text = (value: string): SqlNode => asTyped(textNode(value), 'VARCHAR');

/** Buckets of a Java HashMap at first, and how full it may be before they double; source: Java's `HashMap`. */
const BUCKETS = 16;
const LOAD = 0.75;

/** Keys in the order in which Java's HashMap has them, where Trino collects the members of an object. */
function inHashOrder(keys: readonly string[]): readonly string[] {
  let buckets = BUCKETS;
  while (keys.length > buckets * LOAD) buckets *= 2;
  const bucketOf = (key: string): number => {
    let hash = 0;
    for (let at = 0; at < key.length; at += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return keys.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}
