import { PATH_COLUMN } from '../lake/path-column.js';
import { isNode, nodesOf, type SqlNode, textOf } from './sql-ast.js';

/** Leaves the hidden column of tables out of each `*` of a SELECT list, as Athena does. */
export function withoutHidden(list: readonly SqlNode[], from: SqlNode | null): readonly SqlNode[] {
  const hiding = from === null ? new Set<string>() : tablesWithPath(from);
  if (hiding.size === 0) return list;
  return list.map((item) => {
    const of = textOf(item.relation_name).toLowerCase();
    if (item.class !== 'STAR' || (of !== '' && !hiding.has(of))) return item;
    const excluded: readonly unknown[] = Array.isArray(item.exclude_list) ? item.exclude_list : [];
    return { ...item, exclude_list: [...excluded, PATH_COLUMN] };
  });
}

/** Names by which a FROM knows tables that have the hidden column. */
function tablesWithPath(from: SqlNode): ReadonlySet<string> {
  if (from.type === 'JOIN') {
    return new Set(nodesOf([from.left, from.right]).flatMap((side) => [...tablesWithPath(side)]));
  }
  const isBase = isNode(from) && from.type === 'BASE_TABLE' && textOf(from.table_name).endsWith(PATH_COLUMN);
  return new Set(isBase ? [textOf(from.alias).toLowerCase()] : []);
}
