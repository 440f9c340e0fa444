import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { LakeObject } from '../lake/lake-object.js';
import { noSuchKey, notImplemented, preconditionFailed } from './s3-errors.js';

/** What a read makes of its conditions: the object, or word that it is as it was. */
export type ReadOutcome = 'read' | 'not-modified';

/**
 * Judges the conditions of a read; throws the refusal where one does not hold. A match of tags counts more than a time, in both
 * directions. Source: S3 API reference, GetObject, "Additional considerations about request headers", read 2026-11.
 */
export function judgeRead(headers: IncomingHttpHeaders, object: LakeObject, prefix = ''): ReadOutcome {
  const header = (name: string): string | undefined => {
    const value = headers[`${prefix}${name}`];
    return value === undefined ? undefined : String(value);
  };
  const match = header('if-match');
  if (match !== undefined) {
    if (!matches(match, object)) throw preconditionFailed(prefix === '' ? 'If-Match' : `${prefix}If-Match`);
  } else if (isBefore(header('if-unmodified-since'), object)) {
    throw preconditionFailed(prefix === '' ? 'If-Unmodified-Since' : `${prefix}If-Unmodified-Since`);
  }
  const noneMatch = header('if-none-match');
  if (noneMatch !== undefined) return matches(noneMatch, object) ? 'not-modified' : 'read';
  const since = timeOf(header('if-modified-since'));
  return since !== undefined && seconds(object) <= since ? 'not-modified' : 'read';
}

/** Judges the conditions of a put, a completion or a deletion against the object that is there. */
export function judgeWrite(headers: IncomingHttpHeaders, key: string, current: LakeObject | undefined): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined) {
    if (noneMatch !== '*')
      throw notImplemented('If-None-Match of a write with a value other than *', { Header: 'If-None-Match' });
    if (current !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (match === undefined) return;
  if (current === undefined) throw noSuchKey(key);
  if (!matches(match, current)) throw preconditionFailed('If-Match');
}

/** Quotes may be missing, one of them too; recorded on AWS, as moto's tests have it, read 2026-11. */
function matches(header: string, object: LakeObject): boolean {
  const tag = entityTag(object);
  return header
    .split(',')
    .map((one) => one.trim().replace(/^W\//, '').replace(/^"|"$/g, ''))
    .some((one) => one === '*' || one === tag);
}

function isBefore(header: string | undefined, object: LakeObject): boolean {
  const at = timeOf(header);
  return at !== undefined && seconds(object) > at;
}

function timeOf(header: string | undefined): number | undefined {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** HTTP's times have no fraction. */
const seconds = ({ modifiedAt }: LakeObject): number => Math.floor(modifiedAt / 1000);

/**
 * The entity tag of an object, without quotes. That of a delivered object follows from name, size and time, not from the bytes,
 * in the form that S3 gives to multipart uploads.
 */
export function entityTag({ key, size, modifiedAt, facts }: LakeObject): string {
  if (facts?.etag !== undefined) return facts.etag;
  return `${createHash('md5').update(`${key}\n${size}\n${modifiedAt}`).digest('hex')}-1`;
}
