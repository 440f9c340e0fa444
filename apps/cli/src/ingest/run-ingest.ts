import { resolve } from 'node:path';
import { createInventoryProducer, billedNote, deliveryReport } from '../inventory/producer.js';
import { coloursFor, formatCount, formatDuration, plural } from '../output/format.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { cursorPath, readCursor, removeCursor } from './cursor.js';
import { ingestSource, type SourceOutcome } from './ingest-source.js';
import { findSources, type Source } from './open-source.js';
import { RejectFile } from './reject-file.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of `store ingest`. */
export interface IngestFlags extends CommonFlags {
  readonly stream: string;
  readonly rejects?: string;
  readonly format?: 'ndjson' | 'json' | 'csv' | 'parquet';
  readonly dryRun?: boolean;
  readonly cursor?: string | false;
}

/** Runs `store ingest`. */
export async function runIngest(argument: string, flags: IngestFlags, terminal: Terminal): Promise<void> {
  const startedAt = performance.now();
  const sources = await findSources(argument, flags.format, terminal);
  if (typeof flags.cursor === 'string' && sources.length > 1)
    throw new CliError('USAGE', 'Expected one file with --cursor, got a folder.');
  const progress = createProgress(terminal, flags);
  const producer = flags.dryRun === true ? undefined : createInventoryProducer(flags, terminal);
  const outcomes: (SourceOutcome & { readonly rejectFile: string })[] = [];
  /** Lengths of the files of rejects: a folder's sources may share one. */
  const written = new Map<string, number>();
  const cursorFiles: string[] = [];
  try {
    for (const source of sources) {
      if (terminal.signal.aborted) break;
      progress.step(source.path === '-' ? 'Standard input' : source.path);
      const cursorFile = cursorOf(source, flags, terminal);
      const rejectFile = rejectPath(source, flags, terminal);
      if (cursorFile !== undefined) cursorFiles.push(cursorFile);
      const begun = cursorFile === undefined ? undefined : await readCursor(cursorFile, source, flags.stream);
      const rejects = new RejectFile(rejectFile, {
        keepBytes: begun?.rejectBytes ?? written.get(rejectFile),
      });
      try {
        outcomes.push({
          ...(await ingestSource(
            source,
            { stream: flags.stream, producer, rejects, cursorFile, begun, progress },
            terminal,
          )),
          rejectFile,
        });
      } finally {
        written.set(rejectFile, await rejects.close());
      }
    }
    progress.end();
  } catch (error) {
    progress.end('failed');
    await producer?.abort();
    throw error;
  }
  await producer?.close();
  // Only now: a folder that was stopped at its third file goes on there, and not at the first.
  if (outcomes.length === sources.length && outcomes.every(({ complete }) => complete))
    for (const cursorFile of cursorFiles) await removeCursor(cursorFile);
  await summary(outcomes, producer?.stats(), performance.now() - startedAt, flags, terminal);
  if (terminal.signal.aborted) {
    const delivered = producer === undefined ? 'Nothing was sent.' : deliveryReport(producer.stats());
    throw interruption(terminal.signal, `${delivered} The same command goes on from here.`);
  }
}

function cursorOf(source: Source, flags: IngestFlags, { cwd }: Terminal): string | undefined {
  if (source.path === '-' || flags.cursor === false || flags.dryRun === true) return undefined;
  return flags.cursor === undefined ? cursorPath(cwd, source, flags.stream) : resolve(cwd, flags.cursor);
}

function rejectPath(source: Source, { rejects }: IngestFlags, { cwd }: Terminal): string {
  if (rejects !== undefined) return resolve(cwd, rejects);
  return source.path === '-' ? resolve(cwd, 'stdin.rejects') : `${source.path}.rejects`;
}

async function summary(
  outcomes: readonly (SourceOutcome & { readonly rejectFile: string })[],
  stats: Parameters<typeof billedNote>[0] | undefined,
  elapsedMs: number,
  flags: IngestFlags,
  terminal: Terminal,
): Promise<void> {
  const sum = (pick: (outcome: SourceOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  const reasons = new Map<string, number>();
  for (const outcome of outcomes) {
    for (const [code, count] of outcome.reasons) reasons.set(code, (reasons.get(code) ?? 0) + count);
  }
  const rejected = sum((outcome) => outcome.rejected);
  const accepted = sum((outcome) => outcome.accepted);
  const rejectFiles = [
    ...new Set(outcomes.filter((outcome) => outcome.rejected > 0).map(({ rejectFile }) => rejectFile)),
  ];
  if (flags.json === true) {
    await writeJson(terminal.stdout, {
      records: sum((outcome) => outcome.records),
      accepted,
      rejected,
      skipped: sum((outcome) => outcome.skipped),
      mayRepeat: outcomes.some(({ mayRepeat }) => mayRepeat),
      reasons: Object.fromEntries(reasons),
      delivered: stats?.delivered ?? 0,
      retries: stats?.retriedRecords ?? 0,
      ambiguous: stats?.ambiguous ?? 0,
      eventBytes: stats?.eventBytes ?? 0,
      billedBytes: stats?.billedBytes ?? 0,
      rejectFiles,
      dryRun: flags.dryRun === true,
      complete: outcomes.every(({ complete }) => complete),
      seconds: elapsedMs / 1000,
    });
    return;
  }
  if (flags.quiet === true) return;
  const { bold, yellow, dim } = coloursFor(terminal.stdout, terminal.env);
  const skipped = sum((outcome) => outcome.skipped);
  const lines = [
    `${bold(plural(accepted, 'event'))} ${flags.dryRun === true ? 'would be sent' : `sent to ${flags.stream}`} in ${formatDuration(elapsedMs)}`,
    ...(skipped > 0 ? [dim(`${plural(skipped, 'record')} taken by an earlier run`)] : []),
    ...(outcomes.some(({ mayRepeat }) => mayRepeat)
      ? [yellow('That run was cut off: what it had under way was sent again, under the same event_id.')]
      : []),
    ...(stats === undefined ? [] : [dim(billedNote(stats))]),
  ];
  if (rejected > 0) {
    lines.push(yellow(`${plural(rejected, 'record')} refused:`));
    for (const [code, count] of [...reasons].sort((a, b) => b[1] - a[1]))
      lines.push(`  ${formatCount(count)} ${code}`);
    lines.push(dim(`Line, reason and record: ${rejectFiles.join(', ')}`));
  }
  await writeOut(terminal.stdout, `${lines.join('\n')}\n`);
}
