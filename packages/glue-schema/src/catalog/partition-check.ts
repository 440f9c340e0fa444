import type { Column, Partition, Table } from '@aws-sdk/client-glue';
import { checkCompatibility, type CompatibilityReport } from '../check-compatibility.js';
import type { CompatibilityMode, StorageKind, TableChange } from '../compatibility/change.js';

/** What a change of a partition's columns may do. */
export interface PartitionRules {
  readonly mode: CompatibilityMode;
  readonly allowConditional: boolean;
  readonly format: StorageKind;
}

/** Tells what a change of a partition's columns means; partitions with the same columns are compared once. */
export type PartitionCheck = (before: readonly Column[], after: readonly Column[]) => PartitionReport;

/** What the change of one partition means. */
export type PartitionReport = Pick<CompatibilityReport, 'changes' | 'violations'>;

/**
 * Makes the check of partitions by the rules of the table. Only columns that a partition has are compared, whatever
 * their order: what it gets in addition is null in its files, and nothing goes.
 */
export function partitionCheck({ mode, allowConditional, format }: PartitionRules): PartitionCheck {
  const known = new Map<string, PartitionReport>();
  return (before, after) => {
    const next = new Map(after.map((column) => [nameOf(column), column]));
    const pairs = before.flatMap((column) => {
      const to = next.get(nameOf(column));
      return to === undefined || to.Type === column.Type ? [] : [[column, to] as const];
    });
    const key = JSON.stringify(pairs.map(([from, to]) => [nameOf(from), from.Type, to.Type]));
    const report =
      known.get(key) ??
      checkCompatibility(table(pairs.map(([column]) => column)), table(pairs.map(([, column]) => column)), {
        mode,
        allowConditional,
        format,
      });
    known.set(key, report);
    return report;
  };
}

const nameOf = ({ Name = '' }: Column): string => Name.toLowerCase();

function table(columns: readonly Column[]): {
  readonly StorageDescriptor: { readonly Columns: { Name: string; Type: string }[] };
} {
  const Columns = columns.map((column) => ({ Name: nameOf(column), Type: column.Type ?? 'string' }));
  return { StorageDescriptor: { Columns } };
}

/** Gathers what many partitions would become: each change once, with the first partition that has it. */
export class PartitionFindings {
  readonly #found = new Map<
    string,
    { change: TableChange; first: string; count: number; refused: boolean }
  >();

  /** Adds what the change of a partition means. */
  add(partition: Partition, { PartitionKeys: keys }: Table, { changes, violations }: PartitionReport): void {
    for (const change of changes) {
      const key = `${change.kind} ${change.message}`;
      const known = this.#found.get(key);
      if (known === undefined) {
        const first = partitionName(partition.Values ?? [], keys);
        this.#found.set(key, { change, first, count: 1, refused: violations.includes(change) });
      } else known.count += 1;
    }
  }

  /** The report with what was found, each change naming its partition. */
  addTo(report: CompatibilityReport): CompatibilityReport {
    const said = [...this.#found.values()].map(({ change, first, count, refused }) => {
      const more = count === 1 ? '' : ` and ${count - 1} more`;
      const message = `Partition ${first}${more}: ${change.message}; its files were written with the type that it has`;
      return { change: { ...change, message }, refused };
    });
    const violations = [
      ...report.violations,
      ...said.filter(({ refused }) => refused).map(({ change }) => change),
    ];
    const changes = [...report.changes, ...said.map(({ change }) => change)];
    return { ...report, compatible: violations.length === 0, changes, violations };
  }
}

/** A partition as its path names it: `day=2026-01-01/shop=7`. */
export function partitionName(values: readonly string[], keys: readonly Column[] = []): string {
  return values.map((value, at) => `${keys[at]?.Name ?? '?'}=${value}`).join('/');
}
