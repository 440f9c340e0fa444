import type { Column, Table, TableInput } from '@aws-sdk/client-glue';
import type { GlueTableInput } from '../table-input.js';
import { toInput } from './catalog-table.js';

/**
 * The table that a push would leave: what the manifest says, laid over what is there.
 *
 * Kept from the live table: columns that the manifest does not have (unless `prune`), other people's
 * parameters, SerDe options, owner, retention.
 */
export function mergeTable(live: Table, wanted: GlueTableInput, prune: boolean): TableInput {
  const base = toInput(live);
  const storage = base.StorageDescriptor ?? {};
  const ours = wanted.StorageDescriptor;
  return {
    ...base,
    ...(wanted.Description === undefined ? {} : { Description: wanted.Description }),
    TableType: wanted.TableType,
    PartitionKeys: mergeColumns(base.PartitionKeys ?? [], wanted.PartitionKeys, true),
    Parameters: { ...foreign(base.Parameters, projectionKey), ...wanted.Parameters },
    StorageDescriptor: {
      ...storage,
      Columns: mergeColumns(storage.Columns ?? [], ours.Columns, prune),
      Location: ours.Location,
      InputFormat: ours.InputFormat,
      OutputFormat: ours.OutputFormat,
      Compressed: ours.Compressed,
      SerdeInfo: {
        ...storage.SerdeInfo,
        SerializationLibrary: ours.SerdeInfo.SerializationLibrary,
        Parameters: { ...foreign(storage.SerdeInfo?.Parameters, mappingKey), ...ours.SerdeInfo.Parameters },
      },
    },
  };
}

// Keys of which the manifest has the whole set: one that it no longer has would linger on.
const projectionKey = /^(projection\.|storage\.location\.template$)/;
const mappingKey = /^mapping\./;

function foreign(parameters: Record<string, string> | undefined, owned: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([key]) => !owned.test(key)));
}

function mergeColumns(live: readonly Column[], wanted: readonly Column[], prune: boolean): Column[] {
  const before = new Map(live.map((column) => [column.Name, column]));
  const names = new Set(wanted.map((column) => column.Name));
  const merged = wanted.map((column) => ({ ...before.get(column.Name), ...column }));
  return prune ? merged : [...merged, ...live.filter((column) => !names.has(column.Name))];
}
