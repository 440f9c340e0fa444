import { constants } from 'node:fs';
import { access, open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { calibrate, type Calibration, type CalibrateOptions } from '@store/generator/calibrate';
import { WorldError } from '@store/generator';
import { loadWorldFile } from '../inventory/world-file.js';
import { createOutputFile } from '../local/output-file.js';
import { streamCopy, unpackedCopy, type TemporaryCopy } from '../local/temporary-copy.js';
import type { CommonFlags } from '../options/common-options.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import { inputOf, type Terminal } from '../terminal/terminal.js';
import { checkColumnFlags, listedColumns, type ColumnFlags } from './sales-columns.js';
import { openSalesFile, wrongRow, type SalesFile } from './sales-rows.js';
import { worldText } from './world-text.js';

/** Flags of `store calibrate`. */
export interface CalibrateFlags extends CommonFlags, ColumnFlags {
  /** Path of the world file to write; required, but the environment may say it. */
  readonly output?: string;
  /** Days kept from the first fit; the library's default where it is missing. */
  readonly holdOut?: number;
  /** Path of a world file that describes stores and products. */
  readonly world?: string;
  /** Path of the page to write. */
  readonly report?: string;
}

/** Runs `store calibrate`. */
export async function runCalibrate(
  argument: string,
  flags: CalibrateFlags,
  terminal: Terminal,
): Promise<void> {
  const { cwd, stdout } = terminal;
  const { output } = flags;
  if (output === undefined) throw new CliError('USAGE', 'Expected --output FILE, the world file to write.');
  checkColumnFlags(flags);
  const isPiped = argument === '-';
  const sales = isPiped ? 'Standard input' : argument;
  await checkPlaces(isPiped ? undefined : sales, output, flags, cwd);
  const world = flags.world === undefined ? undefined : await loadWorldFile(flags.world, cwd);
  const options: CalibrateOptions = {
    ...(world === undefined ? {} : { world }),
    ...(flags.holdOut === undefined ? {} : { holdOutDays: flags.holdOut }),
  };
  const progress = createProgress(terminal, flags);
  progress.step(`Fitting a world to ${sales}`);
  let found: Calibration;
  let unread: readonly string[];
  try {
    ({ found, unread } = await fitSales(
      isPiped ? undefined : resolve(cwd, sales),
      sales,
      options,
      flags,
      terminal,
    ));
    progress.end();
  } catch (error) {
    progress.end('failed');
    throw error;
  }
  if (flags.report !== undefined) {
    const { reportPage } = await import('./report-page.js');
    await write(resolve(cwd, flags.report), reportPage(found, sales));
  }
  await write(resolve(cwd, output), worldText(found.world));
  if (unread.length > 0 && flags.quiet !== true)
    terminal.stderr.write(`Note: these columns are not read: ${listedColumns(unread)}.\n`);
  if (flags.json === true) await writeJson(stdout, found.report);
  else if (flags.quiet !== true) {
    const { reportText } = await import('./report-text.js');
    await writeOut(stdout, reportText(found.report, output, terminal));
  }
}

/** Fits a world to a file of sales, or to standard input; what is packed or piped is copied for it. */
async function fitSales(
  path: string | undefined,
  name: string,
  options: CalibrateOptions,
  flags: ColumnFlags,
  terminal: Terminal,
): Promise<{ readonly found: Calibration; readonly unread: readonly string[] }> {
  const { signal, blocking } = terminal;
  const copies: TemporaryCopy[] = [];
  const removeCopies = async (): Promise<void> => {
    for (const copy of copies) await copy.remove();
  };
  let file: FileHandle | undefined;
  try {
    if (path === undefined) copies.push(await streamCopy(inputOf(terminal), signal));
    const given = copies[0]?.file ?? path ?? '';
    const plain = await unpackedCopy(given, name, signal);
    if (plain !== undefined) copies.push(plain);
    const readable = plain?.file ?? given;
    file = await open(readable);
    const sales = await salesOf(file, readable, name, flags);
    // What is open is read without its name, too: Ctrl-C ends the fit immediately, and leaves nothing behind. Windows keeps
    // what is open, until the end.
    await removeCopies().catch(() => undefined);
    const fit = (): Calibration => fitFile(sales, name, options, flags);
    // Reading and fitting are one piece of work, during which no listener could run.
    const found = blocking === undefined ? fit() : blocking(fit);
    return { found, unread: sales.unread() };
  } finally {
    await file?.close();
    await removeCopies();
  }
}

async function salesOf(file: FileHandle, path: string, name: string, flags: ColumnFlags): Promise<SalesFile> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  if (bytesRead < 4 || buffer.toString('latin1') !== 'PAR1') return openSalesFile(file, name, flags);
  const { openSalesParquet } = await import('./sales-parquet.js');
  return openSalesParquet(path, name, flags);
}

function fitFile(file: SalesFile, name: string, options: CalibrateOptions, flags: ColumnFlags): Calibration {
  try {
    return calibrate(file.rows, options);
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    throw wrongRow(file, name, error, flags);
  }
}

async function checkSales(sales: string, cwd: string): Promise<void> {
  const path = resolve(cwd, sales);
  const found = await stat(path).catch((error: unknown) => {
    const { message, fix = 'Check the path.' } = explainError(error);
    throw new CliError('USAGE', `The sales file ${sales} cannot be read. ${message}`, { cause: error, fix });
  });
  if (found.isDirectory()) throw new CliError('USAGE', `${sales} is a folder; name a CSV or Parquet file.`);
  await access(path, constants.R_OK);
}

/** Whether what is read is there, and nothing is written over it, before a long file is read. */
async function checkPlaces(
  sales: string | undefined,
  output: string,
  flags: CalibrateFlags,
  cwd: string,
): Promise<void> {
  if (sales !== undefined) await checkSales(sales, cwd);
  const written = [output, flags.report].flatMap((name) => (name === undefined ? [] : [name]));
  // Two names of one file are one file.
  const real = async (name: string): Promise<string> =>
    realpath(resolve(cwd, name)).catch(() => resolve(cwd, name));
  const taken = new Map<string, string>();
  if (sales !== undefined) taken.set(await real(sales), sales);
  if (flags.world !== undefined) taken.set(await real(flags.world), flags.world);
  for (const name of written) {
    const other = taken.get(await real(name));
    if (other !== undefined)
      throw new CliError('USAGE', `${name} would be written over ${other}; name another file.`);
    taken.set(await real(name), name);
  }
}

async function write(path: string, text: string): Promise<void> {
  const file = await createOutputFile(path);
  try {
    await file.write(text);
    await file.commit();
  } finally {
    await file.discard();
  }
}
