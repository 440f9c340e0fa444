import { setTimeout as delay } from 'node:timers/promises';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { inertText, isLoopbackUrl } from '@store/foundation';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import type { CommonFlags } from '../options/common-options.js';
import { jsonText, writeJson, writeOut } from '../output/write-out.js';
import { allRows, type Lake } from '../query/lake.js';
import { openLake } from '../query/open-lake.js';
import { objectOf } from '../query/query-result.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { describeStream, type DescribedStream } from './described-stream.js';
import { createErrorOutput, type ErrorOutput, type FailedLine } from './error-output.js';

/** Flags of `store stream tail`. */
export interface TailStreamFlags extends CommonFlags {
  readonly lines: number;
  readonly follow: boolean;
  readonly by?: string;
  readonly every?: number;
  readonly workgroup?: string;
}

/** Rows that one look asks for: more than that between two looks, and the oldest of them are not shown. */
const rowsOfALook = 1000;

/** Runs `store stream tail`: the newest events as NDJSON, error output on standard error; then what comes, until Ctrl-C. */
export async function runTailStream(name: string, flags: TailStreamFlags, terminal: Terminal): Promise<void> {
  const { env, signal } = terminal;
  if (flags.json === true && flags.follow)
    throw new CliError('USAGE', 'Expected --no-follow with --json: a document has an end.');
  const firehose = new FirehoseClient(clientOptions('FIREHOSE', env));
  const glue = new GlueClient(clientOptions('GLUE', env));
  const isLocal = isLoopbackUrl(endpointOf('ATHENA', env) ?? 'https://aws');
  const s3 = new S3Client({ ...clientOptions('S3', env), forcePathStyle: isLocal });
  const choice = {
    data: '.',
    athena: true,
    ...(flags.workgroup === undefined ? {} : { workgroup: flags.workgroup }),
  };
  let lake: Lake | undefined;
  try {
    const stream = await describeStream(firehose, name, signal);
    const sql = await newestFirst(stream, flags, glue, signal);
    lake = await openLake(choice, terminal);
    const events = createTail(lake, sql, flags.lines, signal);
    const errors = createErrorOutput(s3, stream, flags.lines, signal);
    if (flags.json === true) {
      await writeJson(terminal.stdout, { events: await events(), errors: await errors() });
      return;
    }
    // Athena bills 10 MB for a query at least, and Firehose on AWS delivers once a minute at the soonest.
    const everyMs = (flags.every ?? (isLocal ? 1 : 30)) * 1000;
    for (;;) {
      await show(await events(), errors, terminal);
      if (!flags.follow) return;
      await delay(everyMs, undefined, { signal });
    }
  } catch (error) {
    // Ctrl-C is how a person ends it.
    if (!signal.aborted) throw error;
  } finally {
    await lake?.close();
    for (const client of [firehose, glue, s3]) client.destroy();
  }
}

async function show(
  events: readonly object[],
  errors: ErrorOutput,
  { stdout, stderr }: Terminal,
): Promise<void> {
  if (events.length > 0) await writeOut(stdout, events.map((event) => `${jsonText(event)}\n`).join(''));
  const failed = await errors();
  if (failed.length > 0) await writeOut(stderr, failed.map(lineOf).join(''));
}

const lineOf = ({ code, message, record, object }: FailedLine): string =>
  `${inertText(`${code}: ${message}`, 2000)}\n  ${inertText(record, 2000)}\n  ${inertText(object)}\n`;

/** The statement whose rows are the stream's events, newest first. */
async function newestFirst(
  { name, table }: DescribedStream,
  { by }: TailStreamFlags,
  glue: GlueClient,
  abortSignal: AbortSignal,
): Promise<string> {
  if (table === undefined)
    throw new CliError(
      'NOT_CONVERTED',
      `The delivery stream ${name} converts to no table, so its events cannot be asked for.`,
      {
        fix: 'Look at its objects with `aws s3 ls`.',
      },
    );
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName: table.database, Name: table.name }), {
    abortSignal,
  });
  const columns = Table?.StorageDescriptor?.Columns ?? [];
  const time = columns.find(({ Name, Type }) =>
    by === undefined ? Type === 'timestamp' : Name === by,
  )?.Name;
  if (time === undefined)
    throw new CliError(
      'USAGE',
      by === undefined
        ? `The table ${table.database}.${table.name} has no column of type timestamp to tell the newest events by.`
        : `The table ${table.database}.${table.name} has no column ${by}.`,
      { fix: `Name a column that grows with --by: ${columns.map(({ Name = '' }) => Name).join(', ')}.` },
    );
  const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
  const list = columns.map(({ Name = '' }) => quoted(Name)).join(', ');
  return `select ${list} from ${quoted(table.database)}.${quoted(table.name)} order by ${quoted(time)} desc limit`;
}

/**
 * Gives the events that are new at each call, oldest first; at the first call the newest `lines`. Two equal events are
 * two: rows are compared by how often they are there.
 */
function createTail(
  lake: Lake,
  sql: string,
  lines: number,
  signal: AbortSignal,
): () => Promise<readonly Record<string, unknown>[]> {
  let known: Map<string, number> | undefined;
  return async () => {
    const { columns, rows } = await allRows(lake, `${sql} ${Math.max(lines, rowsOfALook)}`, signal);
    const now = new Map<string, number>();
    const fresh: Record<string, unknown>[] = [];
    for (const row of rows) {
      const key = JSON.stringify(row);
      const count = (now.get(key) ?? 0) + 1;
      now.set(key, count);
      if (count > (known?.get(key) ?? 0)) fresh.push(objectOf(columns, row));
    }
    const shown = known === undefined ? fresh.slice(0, lines) : fresh;
    known = now;
    return shown.reverse();
  };
}
