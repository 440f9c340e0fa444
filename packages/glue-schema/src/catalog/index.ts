export { diffTable, pushTable } from './push-table.js';
export type { PushResult } from './push-table.js';
export type { DiffTableOptions, PushTableOptions } from './push-options.js';
export type { CascadeResult, FailedPartition } from './cascade.js';
export { planTable } from './plan-table.js';
export type { TablePlan } from './plan-table.js';
export type { PlanOptions } from './plan-options.js';
export { tableKind } from './table-kind.js';
export type { TableKind } from './table-kind.js';
export { listTableVersions, rollbackTable } from './table-versions.js';
export type {
  ListTableVersionsOptions,
  RollbackResult,
  RollbackTableOptions,
  TableVersionSummary,
} from './table-versions.js';
export { readTable } from './catalog-table.js';
export type { TableAddress } from './catalog-table.js';
export { fingerprintParameter, schemaFingerprint } from './schema-fingerprint.js';
