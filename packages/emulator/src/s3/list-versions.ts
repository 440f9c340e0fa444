import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import { pageOf } from './list-objects.js';
import { xmlAnswer } from './rest-answer.js';
import type { S3Context } from './s3-context.js';
import { invalidArgument } from './s3-errors.js';

const input = structure(
  {
    Bucket: text(),
    Prefix: text(),
    Delimiter: text(),
    MaxKeys: integer(0),
    EncodingType: text(),
    KeyMarker: text(),
    VersionIdMarker: text(),
  },
  ['Bucket'],
);

/** What the only version of an object is called in a bucket without versioning; source: S3 user guide, read 2026-11. */
const ONLY = 'null';

/** The action that lists the versions of objects: one each, since no bucket keeps more. */
export const versionListActions: Actions<S3Context> = new Map([
  [
    'ListObjectVersions',
    action(input, (given, context: S3Context) => {
      const { KeyMarker = '', VersionIdMarker, Delimiter = '' } = given;
      if (VersionIdMarker !== undefined && KeyMarker === '') {
        throw invalidArgument('A version-id marker cannot be specified without a key marker.', {
          ArgumentName: 'version-id-marker',
          ArgumentValue: VersionIdMarker.slice(0, 100),
        });
      }
      const isFolder = Delimiter !== '' && KeyMarker.endsWith(Delimiter);
      const { head, page, isTruncated, last, shown, folders, contentOf } = pageOf(given, context, {
        name: KeyMarker,
        isFolder,
      });
      return xmlAnswer('ListVersionsResult', {
        ...head,
        KeyMarker: shown(KeyMarker),
        VersionIdMarker: VersionIdMarker ?? '',
        ...(isTruncated
          ? {
              NextKeyMarker: shown(last.name),
              NextVersionIdMarker: last.isFolder ? undefined : ONLY,
            }
          : {}),
        Version: page.flatMap(({ object }) =>
          object === undefined ? [] : [{ ...contentOf(object, true), VersionId: ONLY, IsLatest: true }],
        ),
        ...folders,
      });
    }),
  ],
]);
