import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createWorld, WorldError, type WorldFile } from '@store/generator';
import { loadWorldFile } from '../inventory/world-file.js';
import type { CommonFlags } from '../options/common-options.js';
import { plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import { shellWord, withCommands } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { worldTemplate } from './world-template.js';
import { worldWarnings } from './world-warnings.js';

/** Runs `store world init`. */
export async function runWorldInit(path: string, flags: CommonFlags, terminal: Terminal): Promise<void> {
  const { stdout, cwd } = terminal;
  try {
    await writeFile(resolve(cwd, path), `${JSON.stringify(worldTemplate, undefined, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new CliError('USAGE', `${path} was not written: it is there already.`, {
      cause: error,
      fix: 'Name another file.',
    });
  }
  if (flags.json === true) await writeJson(stdout, { written: path });
  else if (flags.quiet !== true)
    await writeOut(
      stdout,
      withCommands(
        `${path} was written. Look at it with \`store world show ${shellWord(path)}\`.\n`,
        terminal,
      ),
    );
}

/** Runs `store world check`. */
export async function runWorldCheck(
  path: string,
  flags: CommonFlags,
  { stdout, stderr, cwd }: Terminal,
): Promise<void> {
  const file = await loadWorldFile(path, cwd);
  const facts = factsOf(path, file);
  const warnings = worldWarnings(file);
  if (flags.json === true) return writeJson(stdout, { ok: true, ...facts, warnings });
  for (const warning of warnings) stderr.write(`Warning: ${path}: ${warning}\n`);
  if (flags.quiet !== true) {
    await writeOut(
      stdout,
      `${path} is right: ${plural(facts.stores, 'store')}, ${plural(facts.products, 'product')}.\n`,
    );
  }
}

/** Runs `store world show`. */
export async function runWorldShow(
  path: string,
  flags: CommonFlags,
  { stdout, cwd }: Terminal,
): Promise<void> {
  const facts = factsOf(path, await loadWorldFile(path, cwd));
  if (flags.json === true) return writeJson(stdout, facts);
  const lines = Object.entries(facts).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    return `${name.padEnd(14)} ${text === '' ? 'none' : text}`;
  });
  await writeOut(stdout, `${lines.join('\n')}\n`);
}

interface WorldFacts {
  readonly stores: number;
  readonly products: number;
  /** Stores times what each sells. */
  readonly series: number;
  readonly ownDemand: number;
  readonly promotions: number;
  readonly timeZones: readonly string[];
  readonly categories: readonly string[];
  readonly clusters: readonly string[];
  readonly extraColumns: readonly string[];
}

/** What a file comes to; a world of it is opened, so that what only that shows is found, too. */
function factsOf(path: string, file: WorldFile): WorldFacts {
  try {
    const { stores, products, extraColumns } = createWorld(file);
    const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
    return {
      stores: stores.length,
      products: products.length,
      series: stores.reduce((sum, { assortment }) => sum + (assortment?.length ?? products.length), 0),
      ownDemand: file.demand?.series?.length ?? 0,
      promotions: file.calendar?.promotions?.length ?? 0,
      timeZones: sorted(stores.map(({ timeZone }) => timeZone.name)),
      categories: sorted(products.map(({ category }) => category)),
      clusters: sorted(stores.flatMap(({ cluster }) => cluster ?? [])),
      extraColumns: extraColumns.map(({ name }) => name),
    };
  } catch (error) {
    if (error instanceof WorldError)
      throw new CliError('USAGE', `${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
