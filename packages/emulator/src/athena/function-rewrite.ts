import type { SqlNode } from './sql-ast.js';

/** What rewrites a call: the call as written, its name, and its arguments, rewritten. */
export type FunctionRewrite = (call: SqlNode, name: string, children: readonly unknown[]) => SqlNode;
