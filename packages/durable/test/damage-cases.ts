import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableError, openLog, type LogOptions, type Recovery } from '../src/index.js';

/** One thing done to the files of a folder. */
export interface DamageCase {
  readonly name: string;
  readonly apply: (folder: string) => void;
}

/** Everything that is done to files of which these are the names: each bit of a byte in turn, each length, each pair. */
export function* damageCases(folder: string, names: readonly string[]): Generator<DamageCase> {
  for (const name of names) {
    const whole = readFileSync(join(folder, name));
    const put = (bytes: Buffer) => (at: string) => {
      writeFileSync(join(at, name), bytes);
    };
    yield {
      name: `${name} dropped`,
      apply: (at) => {
        rmSync(join(at, name));
      },
    };
    for (let byte = 0; byte < whole.length; byte += 1) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8((whole[byte] ?? 0) ^ (1 << ((byte * 5 + name.length) % 8)), byte);
      yield { name: `${name} flipped at ${byte}`, apply: put(flipped) };
      yield { name: `${name} cut at ${byte}`, apply: put(whole.subarray(0, byte)) };
    }
    for (const other of names) {
      if (other === name) continue;
      yield {
        name: `${name} replaced by ${other}`,
        apply: (at) => {
          copyFileSync(join(at, other), join(at, name));
        },
      };
      if (other < name) continue;
      yield {
        name: `${name} swapped with ${other}`,
        apply: (at) => {
          renameSync(join(at, name), join(at, 'swap'));
          renameSync(join(at, other), join(at, name));
          renameSync(join(at, 'swap'), join(at, other));
        },
      };
    }
  }
}

/** What becomes of a log when it is opened. */
export interface LogOutcome {
  readonly outcome: 'whole' | 'torn' | 'refused';
  /** What is wrong with how it ended; undefined if all is well. */
  readonly silent: string | undefined;
}

/** Opens a damaged log as its owner would, then salvages it, and says what went missing silently. */
export async function openDamaged(
  folder: string,
  options: LogOptions,
  acknowledged: readonly string[],
  damage: DamageCase,
): Promise<LogOutcome> {
  const copy = mkdtempSync(join(tmpdir(), 'damage-'));
  try {
    cpSync(folder, copy, { recursive: true });
    damage.apply(copy);
    let outcome: LogOutcome['outcome'] = 'refused';
    try {
      const { texts, recovery } = await contents(copy, options);
      outcome = recovery.torn === undefined ? 'whole' : 'torn';
      return { outcome, silent: silentLoss(texts, recovery, acknowledged) };
    } catch (error) {
      if (!(error instanceof DurableError) || error.path?.startsWith(copy) !== true) {
        return { outcome, silent: `it ended with ${String(error)}` };
      }
      // Another program's file, or another owner's: there is nothing to salvage.
      if (error.code !== 'LOG_DAMAGED') return { outcome, silent: undefined };
    }
    const { texts, recovery } = await contents(copy, { ...options, onDamage: 'salvage' });
    return { outcome, silent: silentLoss(texts, recovery, acknowledged) };
  } catch (error) {
    return {
      outcome: 'refused',
      silent: `salvage ended with ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function contents(
  folder: string,
  options: LogOptions,
): Promise<{ readonly texts: readonly string[]; readonly recovery: Recovery }> {
  const texts: string[] = [];
  const log = openLog(folder, { ...options, onEntry: ({ payload }) => texts.push(payload.toString()) });
  await log.close();
  return { texts, recovery: log.recovery };
}

function silentLoss(
  found: readonly string[],
  { damages, torn }: Recovery,
  acknowledged: readonly string[],
): string | undefined {
  const sound = acknowledged.filter((text) => found.includes(text));
  if (sound.join('\n') !== found.join('\n')) return `it gave ${JSON.stringify(found)}`;
  const lost = acknowledged.length - sound.length;
  if (lost === 0) return undefined;
  if (damages.length === 0) return torn === undefined ? `${lost} entries are missing in silence` : undefined;
  if (torn !== undefined || damages.some(({ missing }) => missing === undefined)) return undefined;
  const stated = damages.reduce((sum, { missing }) => sum + (missing ?? 0), 0);
  return stated === lost ? undefined : `${lost} entries are missing, and ${stated} are said to be`;
}

/** A small log of a kind, and what was acknowledged of it. */
export interface SmallLog {
  readonly kind: string;
  readonly folder: string;
  readonly options: LogOptions;
  readonly acknowledged: readonly string[];
}

/** Logs of every kind that the endpoint and the producer keep. */
export async function smallLogs(): Promise<readonly SmallLog[]> {
  const make = async (kind: string, options: LogOptions, appends: boolean): Promise<SmallLog> => {
    const folder = mkdtempSync(join(tmpdir(), 'small-log-'));
    const acknowledged: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const log = openLog(folder, options);
      for (let index = 0; index < 3; index += 1) {
        const text = `entry ${index} of start ${start}`;
        if (appends) log.append(7, Buffer.from(text));
        else await log.commit(7, Buffer.from(text));
        acknowledged.push(text);
      }
      await log.close();
    }
    return { kind, folder, options, acknowledged };
  };
  const logs = [
    await make('one file for each start', {}, false),
    await make('many files', { segmentBytes: 100 }, false),
    await make('files that go in any order', { segmentBytes: 100, gaps: true, durability: 'process' }, true),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'small-log-'));
  const texts: string[] = [];
  const compacted = {
    compact: {
      atBytes: 1e9,
      segments: 1e9,
      snapshot: () => texts.map((text) => [7, Buffer.from(text)] as const),
    },
  };
  const log = openLog(folder, compacted);
  for (const text of ['one', 'two', 'three']) {
    texts.push(text);
    await log.commit(7, Buffer.from(text));
  }
  await log.rewrite();
  texts.push('four');
  await log.commit(7, Buffer.from('four'));
  await log.close();
  return [...logs, { kind: 'what earlier files add up to', folder, options: {}, acknowledged: texts }];
}

/** The names of a log's files. */
export const filesOf = ({ folder }: SmallLog): readonly string[] => readdirSync(folder).sort();
