import { notSupported, QueryFailure } from './athena-error.js';
import { checkedPattern, rewrittenReplacement } from './patterns.js';
import { groupsOf, matchesEmpty, type RegexpGroup } from './regexp-groups.js';
import {
  asTyped,
  callOf,
  constantOf,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  type FunctionRewrite,
} from './sql-ast.js';

const text = (value: string): SqlNode => asTyped(textNode(value), 'VARCHAR');

/** The group that a call names, which must be one of the pattern's. */
function groupOf(call: SqlNode, name: string, groups: readonly RegexpGroup[]): number {
  const written = nodesOf(call.children)[2];
  if (written === undefined) return 0;
  const group = constantOf(written);
  if (typeof group !== 'number') throw notSupported(`${name} with a group that is no plain number`);
  if (group > groups.length) {
    throw new QueryFailure(
      `INVALID_FUNCTION_ARGUMENT: Pattern has ${groups.length} groups. Cannot access group ${group}`,
    );
  }
  return group;
}

/** Whether the empty text stands for a group that has no part in a match, and so for NULL. */
function leavesOut(groups: readonly RegexpGroup[], group: number): boolean {
  const found = groups[group - 1];
  if (found?.mayBeLeftOut !== true) return false;
  if (found.mayBeEmpty)
    throw notSupported('a group that may be left out and may be empty; let it match a character at least');
  return true;
}

/** Functions of regular expressions, whose patterns are Java's and are in the statement. */
export const regexpRewrite: FunctionRewrite = (call, name, children) => {
  const written = nodesOf(call.children);
  const pattern = constantOf(written[1]);
  if (typeof pattern !== 'string') throw notSupported(`${name} with a pattern that is no plain text`);
  const checked = checkedPattern(pattern);
  const groups = groupsOf(pattern);
  const subject = [children[0], text(checked)];
  // Java finds the empty text also right after a match; RE2 does not.
  if (!['regexp_like', 'regexp_extract'].includes(name) && matchesEmpty(pattern)) {
    const isBoundary = /^(?:\\[bB]|[\^$]|\(\?m\))*$/.test(pattern);
    if (!isBoundary || !['regexp_replace', 'regexp_count'].includes(name))
      throw notSupported(
        `${name} with a pattern that matches the empty text; let it match a character at least`,
      );
  }
  switch (name) {
    case 'regexp_like':
      return callOf('regexp_matches', subject, call);
    case 'regexp_extract': {
      const group = groupOf(call, name, groups);
      const target = leavesOut(groups, group) ? 'trino_regexp_extract_group' : 'trino_regexp_extract';
      return callOf(target, [...subject, numberNode(group)], call);
    }
    case 'regexp_extract_all': {
      const group = groupOf(call, name, groups);
      const target = leavesOut(groups, group) ? 'trino_regexp_extract_all_groups' : 'regexp_extract_all';
      return callOf(target, [...subject, numberNode(group)], call);
    }
    case 'regexp_replace': {
      const replacement = written.length > 2 ? constantOf(written[2]) : '';
      if (typeof replacement !== 'string')
        throw notSupported('regexp_replace with a replacement that is no plain text, or a function');
      return callOf(
        'trino_regexp_replace',
        [...subject, text(rewrittenReplacement(replacement, groups))],
        call,
      );
    }
    case 'regexp_split':
      return callOf('regexp_split_to_array', subject, call);
    case 'regexp_count':
      return callOf('trino_regexp_count', subject, call);
    case 'regexp_position':
      if (children.length === 2) return callOf('trino_regexp_position', subject, call);
      return callOf('trino_regexp_place', [...subject, children[2], children[3] ?? numberNode(1)], call);
    default:
      throw notSupported(`the function ${name}`);
  }
};
