import type { ProducerStats } from '@store/firehose';
import { billedNote } from '../inventory/producer.js';
import { maxActivePartitions } from '../inventory/runs.js';
import type { CommonFlags } from '../options/common-options.js';
import { coloursFor, formatBytes, formatCount, formatDuration, plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { withCommands } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { replayCommands } from './max-rejects.js';
import type { SourceOutcome } from './ingest-source.js';

/** A source whose records were taken, and where those that were refused are. */
export interface TakenSource extends SourceOutcome {
  readonly rejectFile: string;
}

/** A source that was refused as a whole, or from a place on. */
export interface RefusedSource {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
  /** Records that were read before. */
  readonly records: number;
}

/** What is said of a source that was refused: from where on, and why; the message names it. */
export function refusalText({ records, message }: RefusedSource): string {
  const from = records === 0 ? 'as a whole' : `behind ${plural(records, 'record')}`;
  return `A file was refused ${from}. ${message}`;
}

/** What a run ends with. */
export interface IngestSummary {
  readonly taken: readonly TakenSource[];
  readonly refused: readonly RefusedSource[];
  /** Undefined for a dry run. */
  readonly stats: ProducerStats | undefined;
  readonly seconds: number;
  readonly isReplay: boolean;
}

interface SummaryFlags extends CommonFlags {
  readonly stream: string;
  readonly map?: string;
  readonly dryRun?: boolean;
}

/** Prints what became of every record: for machines as one document, for people with one line of totals. */
export async function printSummary(
  { taken, refused, stats, seconds, isReplay }: IngestSummary,
  flags: SummaryFlags,
  terminal: Terminal,
): Promise<void> {
  const sum = (of: (source: TakenSource) => number): number =>
    taken.reduce((total, one) => total + of(one), 0);
  const reasons = new Map<string, number>();
  for (const one of taken)
    for (const [code, count] of one.reasons) reasons.set(code, (reasons.get(code) ?? 0) + count);
  const totals = {
    records: sum((one) => one.records),
    accepted: sum((one) => one.accepted),
    rejected: sum((one) => one.rejected),
    passedOver: sum((one) => one.passedOver),
    skipped: sum((one) => one.takenBefore),
    events: sum((one) => one.events),
    outside: sum((one) => one.outside),
    bytes: sum((one) => one.bytes ?? 0),
  };
  const rejectFiles = [
    ...new Set(taken.filter((one) => one.rejected > 0).map(({ rejectFile }) => rejectFile)),
  ];
  const mayRepeat = taken.some((one) => one.mayRepeat);
  const tooManyHours = new Set(taken.flatMap(({ hours }) => [...hours])).size > maxActivePartitions;
  if (flags.json === true) {
    const { delivered = 0, retriedRecords = 0, ambiguous = 0, eventBytes = 0, billedBytes = 0 } = stats ?? {};
    await writeJson(terminal.stdout, {
      ...totals,
      mayRepeat,
      tooManyHours,
      reasons: Object.fromEntries(reasons),
      delivered,
      retries: retriedRecords,
      ambiguous,
      eventBytes,
      billedBytes,
      rejectFiles,
      sources: taken.map(({ path, records, accepted, rejected, passedOver, bytes }) => ({
        path,
        records,
        accepted,
        rejected,
        passedOver,
        bytes,
      })),
      refused,
      dryRun: flags.dryRun === true,
      complete: taken.every(({ complete }) => complete),
      seconds,
    });
    return;
  }
  if (flags.quiet === true) return;
  const { bold, yellow, dim } = coloursFor(terminal.stdout, terminal.env);
  const sent = flags.dryRun === true ? 'would be sent' : `sent to ${flags.stream}`;
  const lines = [`${bold(plural(totals.events, 'event'))} ${sent} in ${formatDuration(seconds * 1000)}`];
  if (taken.length > 1) for (const one of taken) lines.push(`  ${one.path}: ${account(one, flags)}`);
  lines.push(
    `${account(totals, flags)}${totals.bytes > 0 ? `; ${formatBytes(totals.bytes)} read, every byte accounted for` : ''}`,
  );
  if (totals.skipped > 0) lines.push(dim(`${plural(totals.skipped, 'record')} taken by an earlier run`));
  if (mayRepeat)
    lines.push(
      yellow('That run was cut off: what it had under way was sent again, under the same event_id.'),
    );
  const { ambiguous = 0 } = stats ?? {};
  if (ambiguous > 0)
    lines.push(
      yellow(
        `${plural(ambiguous, 'record')} sent again without an answer to the first time: some may be there twice, under the same event_id.`,
      ),
    );
  if (totals.outside > 0 && stats === undefined)
    lines.push(
      yellow(
        `${plural(totals.outside, 'event')} before the hours that a table shows by default (--table-range)`,
      ),
    );
  if (tooManyHours)
    lines.push(
      yellow(
        `The events are of more than ${maxActivePartitions} hours. A delivery stream keeps ${maxActivePartitions} partitions open while it buffers: what is of another hour is put under errors/activePartitionExceeded/, and not into the table. Send the file in parts of fewer hours, each after the buffering time, or to a stream with a higher limit.`,
      ),
    );
  if (stats !== undefined) lines.push(dim(billedNote(stats)));
  if (totals.rejected > 0) {
    lines.push(yellow(`${plural(totals.rejected, 'record')} refused:`));
    for (const [code, count] of [...reasons].sort((a, b) => b[1] - a[1]))
      lines.push(`  ${formatCount(count)} ${code}`);
    lines.push(dim(`Line, reason and record: ${rejectFiles.join(', ')}`));
    if (!isReplay)
      lines.push(dim(withCommands(`Once it is fixed: ${replayCommands(rejectFiles, flags)}`, terminal)));
  }
  for (const one of refused) lines.push(yellow(refusalText(one)));
  await writeOut(terminal.stdout, `${lines.join('\n')}\n`);
}

/** `10 rows read = 7 delivered + 2 kept + 1 skipped` */
function account(
  {
    records,
    accepted,
    rejected,
    passedOver,
  }: Pick<TakenSource, 'records' | 'accepted' | 'rejected' | 'passedOver'>,
  { dryRun }: SummaryFlags,
): string {
  const delivered = dryRun === true ? 'good' : 'delivered';
  return `${plural(records, 'record')} read = ${formatCount(accepted)} ${delivered} + ${formatCount(rejected)} kept + ${formatCount(passedOver)} skipped`;
}
