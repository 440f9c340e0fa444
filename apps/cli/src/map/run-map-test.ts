import { inertText } from '@store/foundation';
import type { MappedRecord, MappingRun, SourceItem } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import { coloursFor, formatCount, plural } from '../output/format.js';
import { jsonText, writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { openMapping } from './open-mapping.js';
import { withFile, type MapFileFlags } from './read-sample.js';

/** Flags of `store map test`. */
export interface MapTestFlags extends MapFileFlags {
  readonly map: string;
  readonly events: number;
}

/** Lines that are named for one reason. */
const LINES_NAMED = 5;
/** Reasons that are told, the most frequent first. */
const REASONS_TOLD = 20;

/** Rows that share a reason. */
interface Reason {
  readonly code: string;
  readonly message: string;
  count: number;
  readonly lines: number[];
}

/** What a mapping makes of a file. */
interface Tally {
  records: number;
  delivered: number;
  kept: number;
  passedOver: number;
  events: number;
  readonly first: InventoryEvent[];
  readonly keptFor: Map<string, Reason>;
  readonly skippedFor: Map<string, Reason>;
}

/** Runs `store map test`: reads the whole file, sends nothing. */
export async function runMapTest(path: string, flags: MapTestFlags, terminal: Terminal): Promise<void> {
  const { mapping, documents } = await openMapping(flags.map, terminal.cwd);
  const tally = await withFile(path, flags, documents[0], terminal, async (file) => {
    const { modifiedMs = Date.now() } = file.source;
    const found: Tally = {
      records: 0,
      delivered: 0,
      kept: 0,
      passedOver: 0,
      events: 0,
      first: [],
      keptFor: new Map(),
      skippedFor: new Map(),
    };
    let run: MappingRun | undefined;
    for await (const lot of file.lots) {
      const columns = file.header();
      run ??=
        columns === undefined && lot.length === 0
          ? undefined
          : mapping.start({ asOfMs: modifiedMs, ...(columns === undefined ? {} : { columns }) });
      for (const item of lot) take(found, item, run, flags.events);
      if (terminal.signal.aborted) break;
    }
    return found;
  });
  await (flags.json === true
    ? writeJson(terminal.stdout, asJson(mapping.name, tally))
    : print(mapping.name, tally, terminal));
  if (tally.delivered > 0 || tally.kept === 0) return;
  throw new CliError('ALL_REFUSED', `Every record of ${path} is refused by ${mapping.name}.`, {
    fix: 'The reasons are above; `store map suggest` makes a mapping of the file itself.',
  });
}

function take(tally: Tally, item: SourceItem, run: MappingRun | undefined, printed: number): void {
  if (item.continues === true) return;
  tally.records++;
  const outcome = outcomeOf(item, run);
  for (const { code, field, message } of outcome.rejected)
    note(
      tally.keptFor,
      `${code} ${field ?? ''}`,
      field === undefined ? code : `${code} ${field}`,
      message,
      item.line,
    );
  for (const reason of outcome.skipped) note(tally.skippedFor, reason, 'skipped', reason, item.line);
  for (const event of outcome.events) if (tally.first.length < printed) tally.first.push(event);
  tally.events += outcome.events.length;
  // A record of several rows is kept in full where any of them is refused.
  if (outcome.rejected.length > 0) tally.kept++;
  else if (outcome.events.length > 0) tally.delivered++;
  else tally.passedOver++;
}

function outcomeOf(item: SourceItem, run: MappingRun | undefined): MappedRecord {
  if (item.problem !== undefined) return { events: [], rejected: [item.problem], skipped: [] };
  if (item.empty === true || run === undefined)
    return { events: [], rejected: [], skipped: ['the row is empty'] };
  return run.read(item.value, item.line);
}

/** A file may have as many reasons as rows: the first thousand are told apart. */
const REASONS_KEPT = 1_000;

function note(reasons: Map<string, Reason>, key: string, code: string, message: string, line: number): void {
  let reason = reasons.get(key);
  if (reason === undefined) {
    if (reasons.size >= REASONS_KEPT) return;
    reason = { code, message, count: 0, lines: [] };
    reasons.set(key, reason);
  }
  reason.count++;
  if (reason.lines.length < LINES_NAMED && reason.lines.at(-1) !== line) reason.lines.push(line);
}

const byCount = (reasons: ReadonlyMap<string, Reason>): readonly Reason[] =>
  [...reasons.values()].sort((a, b) => b.count - a.count).slice(0, REASONS_TOLD);

function asJson(mapping: string, { first, keptFor, skippedFor, ...counts }: Tally): object {
  return {
    mapping,
    ...counts,
    kept_for: byCount(keptFor),
    skipped_for: byCount(skippedFor),
    first_events: first,
  };
}

async function print(mapping: string, tally: Tally, { stdout, env }: Terminal): Promise<void> {
  const { bold, dim } = coloursFor(stdout, env);
  const lines = [
    ...tally.first.map((event) => jsonText(event)),
    bold(
      `${mapping}: ${plural(tally.records, 'record')}, ${formatCount(tally.delivered)} delivered as ${plural(tally.events, 'event')}, ${formatCount(tally.kept)} kept, ${formatCount(tally.passedOver)} skipped`,
    ),
    ...byCount(tally.keptFor).map(
      (reason) =>
        `  kept ${formatCount(reason.count)}: ${reason.code}: ${inertText(reason.message)} ${dim(linesText(reason))}`,
    ),
    ...byCount(tally.skippedFor).map(
      (reason) =>
        `  skipped ${formatCount(reason.count)}: ${inertText(reason.message)} ${dim(linesText(reason))}`,
    ),
  ];
  await writeOut(stdout, `${lines.join('\n')}\n`);
}

function linesText({ lines, count }: Reason): string {
  return `(line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${count > lines.length ? ', …' : ''})`;
}
