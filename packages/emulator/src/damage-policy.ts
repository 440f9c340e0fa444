import { existsSync, renameSync } from 'node:fs';
import { advised, EmulatorError } from './errors.js';

/** What is done about files that are not as they were written. */
export interface DamagePolicy {
  readonly onDamage: 'refuse' | 'salvage';
  /** Told of all that was passed over, and of writes that never ended. */
  readonly report: (error: EmulatorError) => void;
}

/** A place that is not as it was written. */
export interface Damage {
  readonly path: string;
  /** What is wrong, and where in the file, as a sentence without its period. */
  readonly problem: string;
  /** What is missing for it, as a whole sentence. */
  readonly missing: string;
  /** Where the damaged bytes are once it was salvaged; undefined if there are none. */
  readonly keptAt?: string | undefined;
  readonly cause?: unknown;
}

/** Refuses damage, or tells of it: then the caller continues without what is damaged. */
export function meetDamage(policy: DamagePolicy, damage: Damage): void {
  if (policy.onDamage === 'refuse') throw refused(damage);
  policy.report(salvaged(damage));
}

/** Renames a file or folder so that nothing reads it any more, and returns its new name. */
export function putAside(path: string): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${path}.damaged` : `${path}.damaged.${number}`;
    if (existsSync(name)) continue;
    renameSync(path, name);
    return name;
  }
}

/** The error that ends the start: it names the file, the place and the ways out. */
export function refused({ path, problem, missing, cause }: Damage): EmulatorError {
  return advised(
    'CORRUPT_STATE',
    `${path} is damaged: ${problem}. ${missing} The file was not changed.`,
    `Bring the folder back from a copy, or start with \`onDamage: 'salvage'\` (\`store emulator --on-damage salvage\`), which continues with all that is sound and says what is missing; \`store doctor --data DIR\` shows what else is wrong.`,
    { path, ...(cause === undefined ? {} : { cause }) },
  );
}

function salvaged({ path, problem, missing, keptAt, cause }: Damage): EmulatorError {
  const kept = keptAt === undefined ? '' : ` The damaged bytes are kept in ${keptAt}.`;
  return new EmulatorError(
    'SALVAGED',
    `${path} is damaged: ${problem}. ${missing}${kept}`,
    cause === undefined ? {} : { cause },
  );
}

/** The error of a file that cannot be read or written at present, by no fault of its bytes. */
export function diskFailed(path: string, cause: unknown): EmulatorError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return advised(
    'DISK_FAILED',
    `${path} cannot be used: ${said}. Nothing was lost.`,
    'Start again when the disk, its rights or the limit of open files allow it.',
    { path, cause },
  );
}
