import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile } from '@store/durable';
import { type Damage, type DamagePolicy, diskFailed, meetDamage, putAside } from './damage-policy.js';
import { KeyedTurns } from './keyed-turns.js';
import { isGone } from './lake/lake-files.js';

/** The file in the state folder that lists its logs. */
const FILE = 'contents.json';
/** A file in each log that is listed, with the log's name on the list: a log without an entry has no other file. */
const MARK = 'listed';

/** What the list says, and what is not as it says. */
export interface ListedContents {
  /** Logs in their places, by their paths below the state folder, with `/` on every platform. */
  readonly logs: readonly string[];
  /** Logs that are gone. */
  readonly gone: readonly Damage[];
  /** What is in the place of a log, or of the list, and is another one or cannot be read. */
  readonly misplaced: readonly Damage[];
}

/**
 * The list of the logs in a state folder. A log tells of every change within it, but one whose whole folder is gone
 * leaves nothing that could: the list knows that it was there.
 */
export class StateContents {
  readonly #path: string;
  #logs: readonly string[];
  readonly #turns = new KeyedTurns();

  private constructor(path: string, logs: readonly string[]) {
    this.#path = path;
    this.#logs = logs;
  }

  /** Reads the list; what is gone is refused, or told of and taken from the list. */
  static async open(state: string, policy: DamagePolicy): Promise<StateContents> {
    const path = join(state, FILE);
    const { logs, gone, misplaced } = listedContents(state);
    for (const damage of gone) meetDamage(policy, damage);
    for (const damage of misplaced) {
      const keptAt = policy.onDamage === 'salvage' ? putAside(damage.path) : undefined;
      meetDamage(policy, { ...damage, keptAt });
    }
    const contents = new StateContents(path, logs);
    if (gone.length + misplaced.length > 0) await contents.#write(() => logs);
    return contents;
  }

  /** Whether a log was there at the last start, or has come since. */
  has(log: string): boolean {
    return this.#logs.includes(log);
  }

  /** Puts logs on the list; resolves once it is on disk. */
  async add(...logs: readonly string[]): Promise<void> {
    await this.#write((before) => {
      const added = logs.filter((log) => !before.includes(log));
      return added.length === 0 ? before : [...before, ...added];
    });
  }

  /** Takes a log off the list, before it is removed. */
  async remove(log: string): Promise<void> {
    await this.#write((before) => before.filter((name) => name !== log));
  }

  async #write(change: (before: readonly string[]) => readonly string[]): Promise<void> {
    await this.#turns.run(FILE, async () => {
      const logs = change(this.#logs);
      if (logs === this.#logs && existsSync(this.#path)) return;
      for (const log of logs)
        if (!this.has(log)) await replaceFile(join(dirname(this.#path), log, MARK), log);
      const text = JSON.stringify(logs);
      await replaceFile(this.#path, `{"format":1,"sum":"${sumOf(text)}","logs":${text}}`);
      this.#logs = logs;
    });
  }
}

/** Holds the list of a state folder against what is there. A folder of an earlier release has none. */
export function listedContents(state: string): ListedContents {
  const path = join(state, FILE);
  if (!existsSync(path)) return { logs: [], gone: [], misplaced: [] };
  const listed = parseList(readList(path));
  if (listed === undefined) {
    const problem = 'it is not as it was written';
    const missing =
      'It lists the logs of the folder: a log that is gone as a whole is not noticed without it.';
    return { logs: [], gone: [], misplaced: [{ path, problem, missing }] };
  }
  const there = listed.filter((log) => isLog(join(state, log)));
  const strays = new Map(
    there.flatMap((log) => {
      const name = markOf(join(state, log));
      return name !== log && listed.includes(name) ? [[log, name] as const] : [];
    }),
  );
  const damage = (log: string, problem: string): Damage => {
    return { path: join(state, log), problem, missing: missingWith(state, log) };
  };
  return {
    logs: there.filter((log) => !strays.has(log)),
    gone: listed
      .filter((log) => !there.includes(log))
      .map((log) => damage(log, 'the log that was there is gone')),
    misplaced: [...strays].map(([log, name]) => damage(log, `it is the log of ${name}`)),
  };
}

/** Whether a folder is a log that was listed, whatever is wrong with it. */
function isLog(folder: string): boolean {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.some((name) => name === MARK || /^(?:\d+\.log|segments-[01])$/.test(name));
}

/** Which log a folder is; no name of one where that is not known. */
function markOf(folder: string): string {
  try {
    return readFileSync(join(folder, MARK), 'utf8');
  } catch (error) {
    if (isGone(error)) return '';
    throw diskFailed(join(folder, MARK), error);
  }
}

function readList(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw diskFailed(path, error);
  }
}

function parseList(text: string): readonly string[] | undefined {
  const [, sum, logs = ''] = /^\{"format":1,"sum":"([0-9a-f]{8})","logs":(\[.*\])\}$/s.exec(text) ?? [];
  if (sum !== sumOf(logs)) return undefined;
  // The sum says that it is what StateContents wrote.
  return JSON.parse(logs) as readonly string[];
}

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

function missingWith(state: string, log: string): string {
  const [, stream] = /^firehose\/(.*)\/log$/.exec(log) ?? [];
  if (stream === undefined) return 'Everything that it kept is missing.';
  return existsSync(join(state, 'firehose', stream))
    ? 'An unknown number of records, those in it that were neither staged nor delivered, is missing.'
    : 'The delivery stream does not exist any more, and all that it had not delivered is missing.';
}
