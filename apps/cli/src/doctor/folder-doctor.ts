import { inspectDataFolder, repairDataFolder, type DataFolderReport } from '@store/emulator';
import { inertText } from '@store/foundation';
import { resolve } from 'node:path';
import { damageFix } from '../local/damage-fix.js';
import { coloursFor } from '../output/format.js';
import { sentences } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** What `store doctor` is asked of a data folder. */
export interface FolderDoctorOptions {
  readonly data: string;
  readonly repair: boolean;
  readonly json: boolean;
}

const titles: Readonly<Record<DataFolderReport['findings'][number]['kind'], string>> = {
  damage: 'Damaged',
  unreadable: 'Unreadable',
  torn: 'Torn write',
  kept: 'Kept',
  quarantine: 'Quarantine',
  errorOutput: 'Error output',
  undelivered: 'Undelivered',
  olderFormat: 'Older form',
  inUse: 'In use',
};

/** Says what is wrong in a data folder, after repairing it where that is asked; throws if something still is. */
export async function runFolderDoctor(
  { data, repair, json }: FolderDoctorOptions,
  terminal: Terminal,
): Promise<void> {
  const { cwd, stdout, env } = terminal;
  const dataDir = resolve(cwd, data);
  const before = inspectDataFolder(dataDir);
  const isThere = before.findings.every(({ kind, path }) => kind !== 'unreadable' || !path.endsWith('state'));
  const repaired = repair && isThere ? await repairDataFolder(dataDir) : [];
  const report = repair && isThere ? inspectDataFolder(dataDir) : before;
  if (json) {
    await writeJson(stdout, {
      ok: report.ok,
      dataDir,
      findings: report.findings,
      ...(repair ? { repaired } : {}),
    });
  } else {
    const { green, yellow, red, bold, dim } = coloursFor(stdout, env);
    const lines = report.findings.map(({ kind, path, detail }) => {
      const isWrong = kind === 'damage' || kind === 'unreadable';
      return `${isWrong ? red('✗') : yellow('!')} ${titles[kind].padEnd(12)} ${inertText(path)}\n${' '.repeat(15)}${dim(sentences(inertText(detail), terminal, 15))}`;
    });
    const wrong = isThere ? 'Something is damaged.' : 'Nothing is there.';
    const verdict = report.ok ? `${green('✓')} Nothing is damaged.` : `${red('✗')} ${wrong}`;
    const done = repaired.map((sentence) => `- ${inertText(sentence)}`);
    await writeOut(
      stdout,
      `${[bold(`Data folder ${inertText(dataDir)}`), ...(done.length === 0 ? [] : ['Passed over, and kept aside:', ...done]), ...lines, verdict].join('\n')}\n`,
    );
  }
  if (report.ok) return;
  if (!isThere)
    throw new CliError('DOCTOR_FAILED', `There is no data of an endpoint in ${dataDir}.`, {
      fix: 'Name the folder that `store emulator` has as --data: .store/emulator, where none was named.',
    });
  const wrong = report.findings.filter(({ kind }) => kind === 'damage' || kind === 'unreadable');
  throw new CliError(
    'DOCTOR_FAILED',
    `${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong in ${dataDir}.`,
    {
      fix: repair ? 'Bring the folder back from a copy, or use the release that wrote it.' : damageFix(data),
    },
  );
}
