import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DamagePolicy, diskFailed, meetDamage, putAside } from '../../damage-policy.js';
import { EmulatorError } from '../../errors.js';
import { isGone, isThere } from '../../lake/lake-files.js';
import type { LakeFolder } from '../../lake/lake-folder.js';
import { ServiceError } from '../../wire/service-error.js';
import type { S3Place } from '../results/result-location.js';
import { batchRefusal, type GlueCall } from './catalog-access.js';

/** A call of Glue's; that its subject is there already is no error. */
export interface Announcement {
  readonly action: string;
  readonly input: object;
}

/** Where the rows of a statement go, and what the catalog is told once they are there. */
export interface WritePlan {
  readonly moves: readonly { readonly from: string; readonly to: S3Place }[];
  readonly announcements: readonly Announcement[];
}

/** What plans are carried out on. */
export interface PlanTarget {
  readonly lake: LakeFolder;
  readonly glue: GlueCall;
}

/** Name of the file of a plan in the folder of its rows. */
export const PLAN_FILE = 'publish.json';

/** Moves rows to their places, those that are not there yet, and then tells the catalog of them. */
export async function carryOut(
  { moves, announcements }: WritePlan,
  folder: string,
  { lake, glue }: PlanTarget,
): Promise<void> {
  for (const { from, to } of moves) {
    const path = join(folder, from);
    // One that is not there was moved before the last stop.
    if (await isThere(path)) await lake.place(path, to.bucket, to.key);
  }
  for (const { action, input } of announcements) {
    try {
      const refusal = batchRefusal(await glue(action, input));
      if (refusal !== undefined) throw refusal;
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'AlreadyExistsException')) throw error;
    }
  }
}

/**
 * Finishes the plans in the folders below `root`, and removes what was never planned. A plan that the catalog refuses
 * is reported and put aside, so that the rest continues.
 */
export async function finishPlans(root: string, target: PlanTarget, policy: DamagePolicy): Promise<void> {
  await mkdir(root, { recursive: true });
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !/\.damaged(\.\d+)?$/.test(entry.name));
  for (const { name } of folders) await finishPlan(join(root, name), target, policy);
}

async function finishPlan(folder: string, target: PlanTarget, policy: DamagePolicy): Promise<void> {
  const path = join(folder, PLAN_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw diskFailed(path, error);
  });
  if (text !== undefined) {
    const plan = planIn(text);
    if (plan === undefined) {
      meetDamage(policy, {
        path,
        problem: 'the plan of what a statement has written cannot be read',
        missing: 'The rows of the statement that wrote it are missing.',
        ...(policy.onDamage === 'salvage' ? { keptAt: putAside(folder) } : {}),
      });
      return;
    }
    try {
      await carryOut(plan, folder, target);
    } catch (error) {
      if (error instanceof EmulatorError) throw error;
      if (!(error instanceof ServiceError) || error.status >= 500) throw diskFailed(folder, error);
      policy.report(refusedPlan(path, putAside(folder), error));
      return;
    }
  }
  await rm(folder, { recursive: true, force: true });
}

/** The parse boundary: a plan as `TableWriter` wrote it; `undefined` for anything else. */
function planIn(text: string): WritePlan | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    // Whoever calls says what is damaged.
    return undefined;
  }
  const { moves, announcements } = fieldsOf(given);
  if (!Array.isArray(moves) || !Array.isArray(announcements)) return undefined;
  const isWhole =
    moves.every((move) => {
      const { from, to } = fieldsOf(move);
      const { bucket, key } = fieldsOf(to);
      return typeof from === 'string' && typeof bucket === 'string' && typeof key === 'string';
    }) &&
    announcements.every((announcement) => {
      const { action, input } = fieldsOf(announcement);
      return (action === 'CreateTable' || action === 'BatchCreatePartition') && typeof input === 'object';
    });
  // As was just looked at.
  return isWhole ? (given as WritePlan) : undefined;
}

function fieldsOf(given: unknown): Readonly<Record<string, unknown>> {
  // Members of anything are unknown until they are looked at.
  return typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
}

function refusedPlan(path: string, keptAt: string, error: ServiceError): EmulatorError {
  return new EmulatorError(
    'SALVAGED',
    `The catalog refuses what a statement announces in ${path}: ${error.code}: ${error.message} The objects of the statement are in the lake, and its table or its partitions are not in the catalog. The plan is kept in ${keptAt}; create what it names, by CREATE EXTERNAL TABLE or MSCK REPAIR TABLE, and remove it.`,
    { cause: error },
  );
}
