import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  readWorldFile,
  WorldError,
  type ExtraColumn,
  type ExtraValues,
  type WorldFile,
} from '@store/generator';
import { inventoryEventEncoder, type InventoryEvent } from '@store/schema';
import { jsonEncoder, type EventEncoder } from '@store/firehose';
import type { Column, ColumnType, TableSchema } from '@store/glue-schema';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import { shellWord } from '../terminal/printed-command.js';

/** Reads and checks a world file; what is wrong with it is wrong usage, in one line with the place of the value. */
export async function loadWorldFile(path: string, cwd: string): Promise<WorldFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(cwd, path));
  } catch (error) {
    throw new CliError('USAGE', `The world file ${path} cannot be read. ${explainError(error).message}`, {
      cause: error,
      fix: fixFor(error, path),
    });
  }
  try {
    return readWorldFile(bytes);
  } catch (error) {
    if (error instanceof WorldError)
      throw new CliError('USAGE', `${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** What to do about a file that cannot be read. */
function fixFor(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return `It is a folder; name the file in it, such as ${join(path, 'world.json')}.`;
  if (code === 'EACCES') return 'Let this user read it.';
  if (code === 'ENOTDIR') return 'A part of the path is a file; name the path of the world file.';
  return `Look at the path, or write a file there with \`store world init ${shellWord(path)}\`.`;
}

/** A table's schema with the extra columns of a world at its end. */
export function withExtraColumns(
  schema: TableSchema,
  extra: readonly ExtraValues[],
  declared: readonly ExtraColumn[],
): TableSchema {
  if (extra.length === 0) return schema;
  const columns = extra.map(({ name, column }, n): Column => {
    return {
      name,
      type: columnTypeOf(declared[n]?.type ?? 'string'),
      nullable: true,
      comment: column.Comment ?? '',
    };
  });
  return { ...schema, columns: [...schema.columns, ...columns] };
}

function columnTypeOf(type: ExtraColumn['type']): ColumnType {
  return type === 'bigint' ? { kind: 'bigint', wire: 'number' } : { kind: type };
}

/** What writes a world's events: the compiled encoder, which knows no extra columns, or else JSON. */
export function worldEncoder(file: WorldFile | undefined): EventEncoder<InventoryEvent> {
  return (file?.extra ?? []).length === 0 ? inventoryEventEncoder : jsonEncoder;
}
