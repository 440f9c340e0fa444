import { createHash } from 'node:crypto';
import type { LakeObject } from '../lake/lake-folder.js';

/** An entity tag. It follows from name, size and time, not from the bytes, as S3's does for uploads in parts. */
export function etagOf({ key, size, modifiedAt }: LakeObject): string {
  const hash = createHash('md5').update(`${key}\n${size}\n${modifiedAt}`).digest('hex');
  return `"${hash}-1"`;
}
