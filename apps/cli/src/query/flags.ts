import type { QueryOptions } from '@store/emulator';
import type { Command } from 'commander';
import { defaultDataDir } from '../inventory/names.js';
import type { CommonFlags } from '../options/common-options.js';
import { integer } from '../options/parse.js';

/** Which lake a command of SQL reads, and what one statement may take. */
export interface LakeFlags {
  readonly data: string;
  readonly athena?: boolean;
  readonly workgroup?: string;
  /** Seconds. */
  readonly timeout?: number;
  /** MiB. */
  readonly memory?: number;
}

/** Flags of `store query`. */
export interface QueryFlags extends CommonFlags, LakeFlags {
  readonly named?: string;
  readonly format?: 'table' | 'line' | 'csv' | 'json' | 'parquet';
  readonly output?: string;
  readonly limit?: number;
  /** Names of the columns to show, in this order. */
  readonly columns?: readonly string[];
  readonly csvRaw?: boolean;
}

/** The forms that rows can have. */
export type Format = NonNullable<QueryFlags['format']>;

/** Adds the flags that choose the lake and bound a statement. */
export function addLakeOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'folder of the lake', defaultDataDir)
    .option('--athena', 'ask Athena (also when AWS_ENDPOINT_URL is set)')
    .option('--workgroup <name>', 'Athena work group')
    .option('--timeout <s>', 'seconds that a query of a folder may take (default: 600)', integer(1, 86_400))
    .option(
      '--memory <mib>',
      'MiB that a query of a folder may take (default: 1024)',
      integer(256, 1_048_576),
    );
}

/** A person waits for a statement, and Ctrl-C ends it, so it may take more than one of the endpoint. */
const commandDefaults = Object.freeze({ timeoutSeconds: 600, memoryMib: 1024, maxRows: 100_000_000 });

/** Bounds of one statement over a folder. */
export function queryLimitsOf({ timeout, memory }: LakeFlags): QueryOptions {
  return {
    timeoutMs: (timeout ?? commandDefaults.timeoutSeconds) * 1000,
    memoryBytes: (memory ?? commandDefaults.memoryMib) * 1024 * 1024,
    maxRows: commandDefaults.maxRows,
    // Rows are handed on as they come; what is printed takes no memory here.
    maxResultBytes: 2 ** 40,
  };
}
