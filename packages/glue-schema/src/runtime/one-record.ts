import { report } from './report-issue.js';
import type { WireRule } from './rules.js';
import type { ValidationIssue } from './validation.js';
import { isRecord } from './values.js';

/**
 * One of several records: the one that `key` names by its value, each record's values in one set; without a key the one
 * with the fewest issues.
 *
 * @example
 * ```ts
 * import { double, findIssues, oneOf, oneRecord, struct, text } from '@store/glue-schema/runtime';
 *
 * const sale = new Set(['sale']);
 * const move = new Set(['move']);
 * const rule = oneRecord(
 *   'kind',
 *   [sale, move],
 *   struct(['kind', oneOf(sale)], ['qty', double]),
 *   struct(['kind', oneOf(move)], ['to', text]),
 * );
 * console.log(findIssues(rule, { kind: 'sale' })[0]?.path); // [ 'qty' ]
 * ```
 */
export function oneRecord(
  key: string | undefined,
  values: readonly ReadonlySet<unknown>[],
  ...records: readonly WireRule[]
): WireRule {
  return (value, path, issues) => {
    const told = key === undefined || !isRecord(value) || !Object.hasOwn(value, key) ? undefined : value[key];
    const picked = told === undefined ? undefined : records[values.findIndex((set) => set.has(told))];
    if (picked !== undefined) {
      picked(value, path, issues);
      return;
    }
    if (told !== undefined && key !== undefined) {
      const all = values.flatMap((set) => [...set]).join(', ');
      report(issues, 'OUT_OF_RANGE', [...path, key], `one of ${all}`, told);
      return;
    }
    const found = records.map((record) => {
      const own: ValidationIssue[] = [];
      record(value, path, own);
      return own;
    });
    issues.push(...found.reduce((fewest, own) => (own.length < fewest.length ? own : fewest)));
  };
}
