import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createWorld, WorldError, type WorldFile } from '@store/generator';
import { loadWorldFile } from '../inventory/world-file.js';
import type { CommonFlags } from '../options/common-options.js';
import { plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { worldWarnings } from './world-warnings.js';

/** What `init` writes: every part of a world file once, small enough to be read. */
const template: WorldFile = {
  worldFile: 1,
  stores: [
    {
      store_id: 'lx-1',
      store_name: 'Alfama',
      timeZone: 'Europe/Lisbon',
      currency: 'EUR',
      language: 'pt',
      location: { city: 'Lisboa', region: 'Lisboa', country: 'PT', latitude: 38.71, longitude: -9.13 },
      opens: { sat: ['09:00', '14:00'], sun: null },
      holidays: 'PT',
      cluster: 'old town',
      assortment: ['oats', 'figs'],
    },
    {
      store_id: 'be-1',
      store_name: 'Kreuzberg',
      location: { city: 'Berlin', region: 'Berlin', country: 'DE', latitude: 52.5, longitude: 13.39 },
      holidays: 'DE',
    },
  ],
  products: [
    {
      product_id: 'oats',
      product_name: { pt: 'Aveia', en: 'Oats' },
      category: 'Pantry',
      unit_price: 2.35,
      packUnits: 8,
      shelfLifeDays: 300,
    },
    { product_id: 'figs', product_name: 'Figs', category: 'Produce', unit_price: { EUR: 4.1 }, packUnits: 6 },
    {
      product_id: 'soap',
      product_name: 'Soap',
      category: 'Household',
      unit_price: 1.95,
      launched: '2026-01-07',
    },
  ],
  calendar: {
    weekdays: [0.9, 0.9, 0.9, 0.9, 1, 1.3, 1.1],
    byCategory: { Produce: { months: [0.8, 0.8, 0.9, 1, 1, 1.1, 1.2, 1.3, 1.3, 1, 0.8, 0.8] } },
    promotions: [{ product_id: 'oats', stores: ['lx-1'], from: '2026-01-06', to: '2026-01-09', price: 0.8 }],
  },
  demand: { series: [{ store_id: 'lx-1', product_id: 'oats', mean: 3.2, dispersion: 1.8 }] },
  extra: [{ name: 'currency', type: 'string', from: 'store.currency' }],
};

/** Runs `store world init`. */
export async function runWorldInit(
  path: string,
  flags: CommonFlags,
  { stdout, cwd }: Terminal,
): Promise<void> {
  try {
    await writeFile(resolve(cwd, path), `${JSON.stringify(template, undefined, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = exists ? 'it is there already' : String(error);
    throw new CliError('USAGE', `${path} was not written: ${reason}.`, {
      cause: error,
      fix: 'Name another file.',
    });
  }
  if (flags.json === true) await writeJson(stdout, { written: path });
  else if (flags.quiet !== true)
    await writeOut(stdout, `${path} was written. Look at it with: store world show ${path}\n`);
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
