import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DurableError, fromFileName, inspectLog, lockFolder } from '@store/durable';
import { Quarantine } from './delivery/quarantine.js';
import { type DataFolderFinding, tornFinding, unreadable } from './data-folder-finding.js';
import { countOf } from './endpoint-log.js';
import { checkPath } from './errors.js';
import { inspectStream } from './firehose/inspect-stream.js';
import { damagedObjects } from './inspect-objects.js';
import { damageSentence } from './lake/damaged-object.js';
import { isOlderJournal } from './older-journal.js';
import { listedContents } from './state-contents.js';

/** What is in a data folder, and what is wrong with it. */
export interface DataFolderReport {
  /** Nothing is damaged or unreadable: a start with `onDamage: 'refuse'` goes well, and queries read every object. */
  readonly ok: boolean;
  /** What was found, in the order of the folder: damage, records that wait, files kept aside. */
  readonly findings: readonly DataFolderFinding[];
}

/**
 * Reads everything below `state` in a data folder and returns what is wrong, objects of the lake whose files are gone or
 * changed, what is waiting for delivery and what was kept aside. It changes nothing. A folder that an endpoint serves is not judged: its files change.
 *
 * @example
 * ```ts
 * import { inspectDataFolder } from '@store/emulator';
 *
 * const { ok, findings } = inspectDataFolder('.store/emulator');
 * for (const { kind, path, detail } of ok ? [] : findings) console.log(kind, path, detail);
 * ```
 */
export function inspectDataFolder(dataDir: string): DataFolderReport {
  checkPath('dataDir', dataDir);
  const root = resolve(dataDir);
  const state = join(root, 'state');
  const findings: DataFolderFinding[] = [];
  if (existsSync(state)) {
    const holder = whileHeld(state, () => findings.push(...inspectState(state)));
    if (holder !== undefined) {
      findings.push({ kind: 'inUse', path: state, detail: `It is served by ${holder}.` });
    }
  } else {
    findings.push({
      kind: 'unreadable',
      path: state,
      detail: 'There is no such folder: no endpoint was started here.',
    });
  }
  findings.push(...inspectQuarantine(join(root, 'quarantine')), ...inspectErrorOutput(join(root, 's3')));
  return { ok: !findings.some(({ kind }) => kind === 'damage' || kind === 'unreadable'), findings };
}

/** Calls back while nobody else has the folder; returns who has it otherwise. */
function whileHeld(state: string, work: () => void): string | undefined {
  try {
    const lock = lockFolder(state);
    try {
      work();
    } finally {
      lock.release();
    }
    return undefined;
  } catch (error) {
    if (error instanceof DurableError && error.code === 'FOLDER_IN_USE')
      return error.holder ?? 'another process';
    // Where nothing can be written, nobody can change anything either.
    if (!(error instanceof Error && 'code' in error && error.code === 'EROFS')) throw error;
    work();
    return undefined;
  }
}

function inspectState(state: string): readonly DataFolderFinding[] {
  const streams = join(state, 'firehose');
  const names = existsSync(streams) ? readdirSync(streams) : [];
  const listed = listedContents(state);
  return [
    ...[...listed.gone, ...listed.misplaced].map(({ path, problem, missing }): DataFolderFinding => {
      return { kind: 'damage', path, detail: `${problem}. ${missing}` };
    }),
    ...names
      .filter((name) => !/\.(?:removed|damaged(?:\.\d+)?)$/.test(name))
      .flatMap((name) => inspectStream(join(streams, name))),
    ...['glue', 'sqs', 'athena', 's3'].flatMap((name) => inspectJournal(join(state, `${name}.journal`))),
    // A folder of an earlier release has none.
    ...[join(state, 'dynamodb.journal')].filter(existsSync).flatMap(inspectJournal),
    ...damagedObjects(dirname(state)).map((object): DataFolderFinding => {
      return { kind: 'damage', path: object.path, detail: damageSentence(object) };
    }),
    ...inspectUploads(join(state, 's3-uploads')),
    ...keptBelow(state),
  ];
}

/** Multipart uploads in progress: they take room until they are completed or aborted. */
function inspectUploads(folder: string): readonly DataFolderFinding[] {
  return (existsSync(folder) ? readdirSync(folder) : []).map((name): DataFolderFinding => {
    const path = join(folder, name);
    const parts = readdirSync(path);
    const bytes = parts.reduce((sum, part) => sum + statSync(join(path, part)).size, 0);
    const detail = `An upload to S3 is open: ${parts.length} parts, ${bytes} bytes. Complete it, or abort it: ListMultipartUploads names its object.`;
    return { kind: 'undelivered', path, detail };
  });
}

function inspectJournal(path: string): readonly DataFolderFinding[] {
  if (isOlderJournal(path)) {
    const detail = 'It is in the form of an earlier release; the next start converts it.';
    return [{ kind: 'olderFormat', path, detail }];
  }
  const findings: DataFolderFinding[] = [];
  try {
    const { damages, torn } = inspectLog(path, {
      onEntry: ({ payload, position }) => {
        if (isJson(payload)) return;
        const detail = `The entry at byte ${position.offset} of segment ${position.segment} is no JSON.`;
        findings.push({ kind: 'damage', path, detail });
      },
    });
    for (const damage of damages) {
      const detail = `At byte ${damage.offset}: ${damage.problem}. ${countOf(damage)}`;
      findings.push({ kind: 'damage', path: damage.path, detail });
    }
    if (torn !== undefined) findings.push(tornFinding(torn));
  } catch (error) {
    findings.push(unreadable(path, error));
  }
  return findings;
}

function isJson(payload: Buffer): boolean {
  try {
    JSON.parse(payload.toString());
    return true;
  } catch {
    return false;
  }
}

function keptBelow(folder: string): readonly DataFolderFinding[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:torn|damaged|misplaced)(?:\.\d+)?$/.test(name))
    .map((name) => {
      const path = join(folder, name);
      const bytes = statSync(path).isDirectory() ? '' : ` ${statSync(path).size} bytes.`;
      const detail = `An earlier start cut this off or passed over it.${bytes} Remove it once nobody misses anything.`;
      return { kind: 'kept', path, detail };
    });
}

function inspectQuarantine(folder: string): readonly DataFolderFinding[] {
  const quarantine = new Quarantine(folder);
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap((name): DataFolderFinding[] => {
    const { entries, records, bytes } = quarantine.count(fromFileName(name));
    if (entries === 0) return [];
    const detail = `${records} records (${bytes} bytes) in ${entries} files could be delivered nowhere; the JSON files beside them say why.`;
    return [{ kind: 'quarantine', path: join(folder, name), detail }];
  });
}

/** Folders that Firehose names by the kind of failure. */
const ERROR_OUTPUT = /(?:^|\/)(?:processing-failed|format-conversion-failed|activePartitionExceeded)\//;

function inspectErrorOutput(lake: string): readonly DataFolderFinding[] {
  if (!existsSync(lake)) return [];
  const counts = new Map<string, number>();
  for (const name of readdirSync(lake, { recursive: true, encoding: 'utf8' })) {
    const path = join(lake, name);
    if (!ERROR_OUTPUT.test(name.replaceAll('\\', '/')) || !statSync(path).isFile()) continue;
    const [folder = ''] = /^.*?(?:-failed|activePartitionExceeded)/.exec(path) ?? [];
    counts.set(folder, (counts.get(folder) ?? 0) + linesOf(path));
  }
  return [...counts].map(([path, records]) => ({
    kind: 'errorOutput',
    path,
    detail: `${records} records are in the error output, each with its reason.`,
  }));
}

const LINE_FEED = 0x0a;

function linesOf(path: string): number {
  let lines = 0;
  for (const byte of readFileSync(path)) if (byte === LINE_FEED) lines += 1;
  return lines;
}
