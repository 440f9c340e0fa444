import type { TableInput } from '@aws-sdk/client-glue';
import type { TableChange } from '../compatibility/change.js';
import { sameValue } from './catalog-table.js';

/** What differs between two tables besides columns, keys and storage: one change for each parameter and each setting. */
export function settingChanges(before: TableInput, after: TableInput): readonly TableChange[] {
  const [from, to] = [before.StorageDescriptor, after.StorageDescriptor];
  return [
    ...parameterChanges(before.Parameters, after.Parameters, ''),
    ...parameterChanges(from?.SerdeInfo?.Parameters, to?.SerdeInfo?.Parameters, 'SerDe '),
    ...settings({ ...before }, { ...after }, ['PartitionKeys', 'Parameters', 'StorageDescriptor']),
    ...settings({ ...from }, { ...to }, ['Columns', 'Location', 'InputFormat', 'SerdeInfo']),
  ];
}

type Texts = Readonly<Record<string, string>> | undefined;

function parameterChanges(before: Texts = {}, after: Texts = {}, of: string): readonly TableChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => ({
      kind: 'PARAMETER',
      path: key,
      impact: 'NONE',
      forward: true,
      message: `${of}parameter \`${key}\` ${became(before[key], after[key])}`,
    }));
}

function settings(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  said: readonly string[],
): readonly TableChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .filter((key) => !said.includes(key) && !sameValue(before[key], after[key]))
    .map((key) => ({
      kind: 'SETTING',
      path: key,
      impact: 'NONE',
      forward: true,
      message: `${key} ${became(before[key], after[key])}`,
    }));
}

function became(before: unknown, after: unknown): string {
  if (after === undefined) return `is gone, was ${shown(before)}`;
  return before === undefined ? `becomes ${shown(after)}` : `becomes ${shown(after)}, was ${shown(before)}`;
}

/** Longest value that is shown whole: a fingerprint fits. */
const longestShown = 80;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text;
}
