import { createHash } from 'node:crypto';
import type { LakeObject } from '../lake/lake-object.js';

/**
 * The entity tag of an object, without quotes. That of a delivered object follows from name, size and time, not from the bytes,
 * in the form that S3 gives to uploads in parts.
 */
export function entityTag({ key, size, modifiedAt, facts }: LakeObject): string {
  if (facts?.etag !== undefined) return facts.etag;
  return `${createHash('md5').update(`${key}\n${size}\n${modifiedAt}`).digest('hex')}-1`;
}
