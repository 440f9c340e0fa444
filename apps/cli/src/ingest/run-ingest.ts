import { IntakeError, type MappingDocument, type ShelfTable } from '@store/intake';
import { resolve } from 'node:path';
import { createInventoryProducer, deliveryReport, withAgain } from '../inventory/producer.js';
import type { CommonFlags } from '../options/common-options.js';
import { knownShelves } from '../map/known-shelves.js';
import { openMapping } from '../map/open-mapping.js';
import { createProgress } from '../output/progress.js';
import { CliError, interruption, isStop } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { cursorPath, readCursor, removeCursor } from './cursor.js';
import { findSources, type Source } from './find-sources.js';
import { printSummary, refusalText, type RefusedSource, type TakenSource } from './ingest-summary.js';
import { ingestSource } from './ingest-source.js';
import { parseMaxRejects, tooManyRejects } from './max-rejects.js';
import { named } from './open-source.js';
import type { ReadingOptions } from './reading.js';
import { mappedEvents, ownEvents } from './record-events.js';
import { RejectFile } from './reject-file.js';
import type { SourceFormat } from './source-format.js';
import { isS3Address } from './s3-objects.js';
import { TableRanges } from './table-range.js';

/** Flags of `store ingest`. */
export interface IngestFlags extends CommonFlags {
  readonly stream: string;
  readonly map?: string;
  readonly rejects?: string;
  readonly format?: SourceFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly skip?: number;
  readonly sheet?: string;
  readonly maxRejects?: string;
  readonly tableRange?: string;
  readonly lastKnown?: 'lake' | 'none';
  readonly dryRun?: boolean;
  readonly cursor?: string | false;
}

const fromItsPlace = 'Then run the same command: it continues from its place.';
const fromTheBeginning =
  'Then run it again from the beginning: events that come twice have the same event_id.';

/** Runs `store ingest`. */
export async function runIngest(argument: string, flags: IngestFlags, terminal: Terminal): Promise<void> {
  const startedAt = performance.now();
  const maxRejects = parseMaxRejects(flags.maxRejects);
  const ranges = new TableRanges(flags.tableRange, flags.dryRun === true, terminal);
  const map = flags.map === undefined ? undefined : await openMapping(flags.map, terminal.cwd);
  const reading = readingOf(flags, map?.documents[0]);
  const found = await findSources(argument, flags.format, terminal);
  const { sources } = found;
  if (typeof flags.cursor === 'string' && sources.length > 1)
    throw new CliError('USAGE', 'Expected one file with --cursor, got a folder.');
  const progress = createProgress(terminal, flags);
  // Asked once, by the first file that can be read: what the files of a folder count continues from one to the next.
  let shelves: ShelfTable | undefined;
  const known = async (source: Source): Promise<ShelfTable | undefined> => {
    if (map === undefined || flags.dryRun === true || flags.lastKnown === 'none') return undefined;
    return (shelves ??= await knownShelves(source, map, reading, terminal));
  };
  const producer = flags.dryRun === true ? undefined : createInventoryProducer(flags, terminal);
  const taken: TakenSource[] = [];
  const refused: RefusedSource[] = [];
  /** Lengths of the files of rejects: a folder's sources may share one. */
  const written = new Map<string, number>();
  const cursorFiles: string[] = [];
  const how = JSON.stringify([
    flags.map,
    flags.format,
    flags.sheet,
    reading.encoding,
    reading.delimiter,
    reading.skip,
  ]);
  try {
    for (const source of sources) {
      if (terminal.signal.aborted) break;
      progress.step(source.path === '-' ? 'Standard input' : source.path);
      const cursorFile = cursorOf(source, flags, terminal);
      const rejectFile = rejectPath(source, flags, terminal);
      if (cursorFile !== undefined) cursorFiles.push(cursorFile);
      const begun =
        cursorFile === undefined
          ? undefined
          : await readCursor(cursorFile, source, flags.stream, isPlain(how) ? '' : how);
      const rejects = new RejectFile(rejectFile, {
        keepBytes: begun?.rejectBytes ?? written.get(rejectFile),
      });
      try {
        const options = {
          stream: flags.stream,
          producer,
          events:
            map === undefined
              ? ownEvents()
              : mappedEvents(map.mapping, source.modifiedMs, await known(source)),
          reading,
          ranges,
          rejects,
          cursorFile,
          how: isPlain(how) ? '' : how,
          begun,
          progress,
        };
        const { failure, ...outcome } = await ingestSource(source, options, terminal);
        taken.push({ ...outcome, rejectFile });
        if (failure !== undefined) refused.push(refusedSource(source, failure, outcome.records));
      } catch (error) {
        if (isStop(error, terminal.signal)) break;
        const problem = error instanceof IntakeError ? named(error, source.path) : error;
        // Of a folder, one file that is refused as a whole is no reason to leave the others; the lake is asked for all of them.
        const isOne = problem instanceof CliError && problem.code !== 'QUERY_FAILED';
        if (sources.length === 1 || !isOne) throw problem;
        refused.push(refusedSource(source, problem, 0));
      } finally {
        written.set(rejectFile, await rejects.close());
      }
    }
    progress.end();
  } catch (error) {
    progress.end('failed');
    await producer?.abort();
    throw withAgain(error, cursorFiles.length > 0 ? fromItsPlace : fromTheBeginning);
  } finally {
    found.release();
  }
  await producer?.close();
  // Only now: a folder that was stopped at its third file continues there, and not at the first.
  const isComplete =
    taken.length + refused.length === sources.length && taken.every(({ complete }) => complete);
  if (isComplete) for (const cursorFile of cursorFiles) await removeCursor(cursorFile);
  const seconds = (performance.now() - startedAt) / 1000;
  await printSummary({ taken, refused, stats: producer?.stats(), seconds, isReplay: false }, flags, terminal);
  if (terminal.signal.aborted) {
    const delivered = producer === undefined ? 'Nothing was sent.' : deliveryReport(producer.stats());
    throw interruption(terminal.signal, `${delivered} The same command continues from here.`);
  }
  const [first] = refused;
  if (first !== undefined) {
    const others = refused.length === 1 ? '' : ` So were ${refused.length - 1} others.`;
    throw new CliError('BAD_SOURCE', `${refusalText(first)}${others}`, {
      ...(first.fix === undefined ? {} : { fix: first.fix }),
    });
  }
  const cut = taken.find(({ reasons }) => reasons.has('NOT_IN_ENCODING') || reasons.has('NUL_BYTE'));
  if (cut !== undefined)
    throw new CliError(
      'BAD_SOURCE',
      `From a byte of ${cut.path} on that is no text, nothing could be read.`,
      {
        fix: `What was before it was sent, and the rest is in ${cut.rejectFile}. Name the encoding with --encoding.`,
      },
    );
  const sum = (of: (source: TakenSource) => number): number =>
    taken.reduce((total, one) => total + of(one), 0);
  const files = [...new Set(taken.filter((one) => one.rejected > 0).map(({ rejectFile }) => rejectFile))];
  const failure = tooManyRejects(
    maxRejects,
    sum((one) => one.records),
    sum((one) => one.rejected),
    files,
    flags,
  );
  if (failure !== undefined) throw failure;
}

function refusedSource({ path }: Source, { code, message, fix }: CliError, records: number): RefusedSource {
  return { path, code, message, fix, records };
}

/** Flags win over what the mapping says of its source. */
function readingOf(flags: IngestFlags, document: MappingDocument | undefined): ReadingOptions {
  return {
    encoding: flags.encoding ?? document?.encoding,
    delimiter: flags.delimiter ?? document?.delimiter,
    skip: flags.skip ?? document?.skip,
    sheet: flags.sheet,
  };
}

/** Nothing was named of how a source is read: the way of earlier releases. */
const isPlain = (how: string): boolean => how === JSON.stringify(Array.from({ length: 6 }, () => null));

function cursorOf(source: Source, flags: IngestFlags, { cwd }: Terminal): string | undefined {
  if (source.path === '-' || flags.cursor === false || flags.dryRun === true) return undefined;
  return flags.cursor === undefined ? cursorPath(cwd, source, flags.stream) : resolve(cwd, flags.cursor);
}

function rejectPath(source: Source, { rejects }: IngestFlags, { cwd }: Terminal): string {
  if (rejects !== undefined) return resolve(cwd, rejects);
  if (source.path === '-') return resolve(cwd, 'stdin.rejects');
  return isS3Address(source.path)
    ? resolve(cwd, `${source.path.replace(/^s3:\/\//i, '').replaceAll('/', '_')}.rejects`)
    : `${source.path}.rejects`;
}
