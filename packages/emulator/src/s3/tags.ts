import type { IncomingHttpHeaders } from 'node:http';
import type { LakeObject, Tag } from '../lake/lake-object.js';
import { ServiceError } from '../wire/service-error.js';
import type { S3Context } from './s3-context.js';
import { invalidArgument } from './s3-errors.js';

/**
 * Bounds of tags, in UTF-16 units and tags. Source: S3 user guide, "Categorizing your objects using tags" and "Using
 * cost allocation S3 bucket tags", read 2026-11.
 */
const tagLimits = Object.freeze({ key: 128, value: 256, ofObject: 10, ofBucket: 50 });

/** What is tagged. */
export type Tagged = 'object' | 'bucket';

/** Letters, digits and spaces of any script, and the signs that a tag may have; source: as above. */
const lawful = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Returns the tags that a request gives; refused where S3 does not take them. */
export function checkTags(tags: readonly Tag[], what: Tagged): readonly Tag[] {
  const most = what === 'object' ? tagLimits.ofObject : tagLimits.ofBucket;
  if (tags.length > most) {
    throw new ServiceError(
      'BadRequest',
      what === 'object'
        ? `Object tags cannot be greater than ${most}`
        : `Bucket tag count cannot be greater than ${most}`,
    );
  }
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key });
    seen.add(Key);
    if (Key === '' || Key.length > tagLimits.key || !lawful.test(Key))
      throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key.slice(0, 200) });
    if (Key.startsWith('aws:')) {
      throw invalidTag(
        what === 'object'
          ? 'Your TagKey cannot be prefixed with aws:'
          : 'System tags cannot be added/updated by requester',
        { TagKey: Key },
      );
    }
    if (Value.length > tagLimits.value || !lawful.test(Value))
      throw invalidTag('The TagValue you have provided is invalid', {
        TagKey: Key,
        TagValue: Value.slice(0, 300),
      });
  }
  return tags;
}

function invalidTag(message: string, facts: Readonly<Record<string, string>>): ServiceError {
  return new ServiceError('InvalidTag', message, 400, facts);
}

/** Returns the tags in the header of a request that makes an object, which has them as the query of a URL. */
export function tagsOfHeader(headers: IncomingHttpHeaders): readonly Tag[] {
  const header = headers['x-amz-tagging'];
  if (header === undefined || header === '') return [];
  const tags = [...new URLSearchParams(String(header))].map(([Key, Value]) => ({ Key, Value }));
  const isQuery =
    new Set(tags.map(({ Key }) => Key)).size === tags.length && tags.every(({ Key }) => Key !== '');
  if (isQuery) return checkTags(tags, 'object');
  throw invalidArgument(
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    { ArgumentName: 'x-amz-tagging', ArgumentValue: String(header).slice(0, 200) },
  );
}

/** Returns the tags of an object as they are now. */
export function tagsOf(
  { lake }: Pick<S3Context, 'lake'>,
  bucket: string,
  object: LakeObject,
): readonly Tag[] {
  return lake.records.tags(bucket, object.key) ?? object.facts?.tags ?? [];
}

/** Returns the facts of a new object that are its tags. */
export function tagFacts(tags: readonly Tag[]): { readonly tags?: readonly Tag[] } {
  return tags.length === 0 ? {} : { tags };
}
