import { suggestMapping, type MappingDocument, type SourceRecord, type Suggestion } from '@store/intake';
import { basename, extname } from 'node:path';
import { writeJson } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { shellWord, withCommands } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { firstRecords, withFile, type MapFileFlags, type OpenFile } from './read-sample.js';
import { rowsOfDocuments } from './nested-rows.js';

/** Records that a suggestion is made from. */
const RECORDS_READ = 500;

/** Lines of a title that may be above a header. */
const MOST_TITLE_LINES = 20;

/** Runs `store map suggest`: the document on standard output, what it could not tell on standard error. */
export async function runMapSuggest(path: string, flags: MapFileFlags, terminal: Terminal): Promise<void> {
  const { stdout, stderr } = terminal;
  const { document, notes, missing, isHeader, hasHeader } = await bestSuggestion(path, flags, terminal);
  await writeJson(stdout, document);
  if (flags.quiet !== true) for (const note of notes) stderr.write(`Note: ${note}\n`);
  if (hasHeader && !isHeader)
    throw new CliError(
      'NO_SUGGESTION',
      `The first line of ${path} looks like a row, and not like a header.`,
      {
        fix: 'Put a line with the names of the columns above it: without one, the row is lost.',
      },
    );
  if (missing.length === 0) {
    if (flags.quiet !== true && path !== '-') {
      // The document is on standard output: to be tried, it must be in a file.
      const file = shellWord(`${basename(path, extname(path))}.map.json`);
      const [source, json] = [shellWord(path), flags.json === true ? ' --json' : ''];
      const line = `store map suggest ${source}${json} --quiet > ${file} && store map test ${source} --map ${file}`;
      stderr.write(withCommands(`Try it: \`${line}\`\n`, terminal));
    }
    return;
  }
  throw new CliError('NO_SUGGESTION', `No column of ${path} could be told for ${missing.join(', ')}.`, {
    fix: 'Put the names of the columns where the document says COLUMN.',
  });
}

interface TriedSuggestion extends Suggestion {
  /** The source has a header. */
  readonly hasHeader: boolean;
  /** The first line may be the title of a report: it has few cells, or none that are names. */
  readonly isTitle: boolean;
}

/** Cells that a header has at least, in half of its columns or more: a title has fewer. */
const LEAST_NAMES = 3;

/** The suggestion with the header in the first line, or below the title of a report where only that makes sense. */
async function bestSuggestion(
  path: string,
  flags: MapFileFlags,
  terminal: Terminal,
): Promise<TriedSuggestion> {
  const first = await suggestionOf(path, flags, terminal);
  if (first.missing.length === 0 || !first.isTitle || flags.skip !== undefined || path === '-') return first;
  let best = first;
  for (let skip = 1; skip <= MOST_TITLE_LINES && best.missing.length > 0; skip++) {
    const tried = await titledSuggestion(path, { ...flags, skip }, terminal);
    if (tried?.isHeader !== true || tried.missing.length >= best.missing.length) continue;
    const lines = skip === 1 ? 'one line' : `${skip} lines`;
    best = { ...tried, notes: [`The header is below ${lines}: \`skip\` leaves them out.`, ...tried.notes] };
  }
  return best;
}

/** A suggestion as if the header stood further below; undefined where the lines there make no table, or are none. */
async function titledSuggestion(
  path: string,
  flags: MapFileFlags,
  terminal: Terminal,
): Promise<TriedSuggestion | undefined> {
  try {
    return await suggestionOf(path, flags, terminal);
  } catch (error) {
    // What is wrong with the file itself was said when its first line was taken for the header.
    if (error instanceof CliError) return undefined;
    throw error;
  }
}

async function suggestionOf(path: string, flags: MapFileFlags, terminal: Terminal): Promise<TriedSuggestion> {
  return withFile(path, flags, undefined, terminal, async (file) => {
    const items = await firstRecords(file, RECORDS_READ);
    if (items.length === 0)
      throw new CliError('NO_SOURCE', `${path} has no record to learn from.`, {
        fix: 'Name a file with a header and some rows.',
      });
    const header = file.header();
    const { rows, columns, records } = rowsOfDocuments(
      // The parse boundary: what is no object has no columns.
      items.flatMap(({ value }) => (isRecord(value) ? [value] : [])),
      header,
    );
    const suggestion = suggestMapping({ name: nameOf(path), columns, rows, file: factsOf(file, flags) });
    const { document } = suggestion;
    return {
      ...suggestion,
      document: records === undefined ? document : withRecords(document, records),
      hasHeader: header !== undefined,
      isTitle: header !== undefined && (!suggestion.isHeader || hasFewNames(header)),
    };
  });
}

function hasFewNames(header: readonly string[]): boolean {
  const names = header.filter((name) => name !== '').length;
  return names < LEAST_NAMES || names * 2 < header.length;
}

const isRecord = (value: unknown): value is SourceRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name that can be typed. */
function nameOf(path: string): string {
  const name = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase();
  return name === '' ? 'mapping' : name.slice(0, 60);
}

/** What a later file must be read by, where its own bytes do not say it. */
function factsOf(
  file: OpenFile,
  flags: MapFileFlags,
): Pick<MappingDocument, 'encoding' | 'delimiter' | 'skip'> {
  const { delimiter } = file.facts();
  return {
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(delimiter === undefined || delimiter === ',' ? {} : { delimiter }),
    ...(flags.skip === undefined ? {} : { skip: flags.skip }),
  };
}

/** The path is before the fields, where a reader looks for it. */
function withRecords({ fields, ...rest }: MappingDocument, records: string): MappingDocument {
  return { ...rest, records, fields };
}
