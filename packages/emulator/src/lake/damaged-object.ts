import type { DamagePolicy } from '../damage-policy.js';
import { advised, EmulatorError } from '../errors.js';

/** An object whose file is gone, or is not the one that was written. */
export interface DamagedObject {
  /** Name of its bucket. */
  readonly bucket: string;
  /** Its key in the bucket. */
  readonly key: string;
  /** Where its file is, or was. */
  readonly path: string;
  /** What is wrong with its file, without a period. */
  readonly problem: string;
}

/** The problem of an object whose file is not there. */
export const goneFile = 'its file is gone';

/** What is wrong with the file of an object; `undefined` where nothing is. */
export function problemOf(writtenBytes: number, foundBytes: number | undefined): string | undefined {
  if (foundBytes === undefined) return goneFile;
  if (foundBytes === writtenBytes) return undefined;
  return `its file has ${foundBytes} bytes, and was written with ${writtenBytes}`;
}

/** The sentence that names a damaged object and its file. */
export function damageSentence({ bucket, key, path, problem }: DamagedObject): string {
  return `The object s3://${bucket}/${key} is damaged: ${problem} (${path}).`;
}

/** Objects of one bucket that are named; the others are counted. */
const MOST_NAMED = 10;

/** Tells of damaged objects, those of a bucket together. */
export function reportDamaged(objects: readonly DamagedObject[], { onDamage, report }: DamagePolicy): void {
  for (const bucket of new Set(objects.map((object) => object.bucket))) {
    const damaged = objects.filter((object) => object.bucket === bucket);
    const named = damaged.slice(0, MOST_NAMED).map(damageSentence).join(' ');
    const more = damaged.length - MOST_NAMED;
    const what = more > 0 ? `${named} ${more} more of that bucket are.` : named;
    report(
      onDamage === 'salvage'
        ? new EmulatorError('SALVAGED', `${what} It continues with what is there.`)
        : advised(
            'OBJECT_DAMAGED',
            `${what} Queries that read one of them fail.`,
            'Bring the files back from a copy, or continue without them: `store doctor --data DIR --repair`, or delete the objects (`aws s3 rm`).',
          ),
    );
  }
}
