import { refusedRequest } from '../athena-error.js';
import type { StatementKind } from '../statement/statement-kind.js';

/** A place in S3. */
export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** Where one query leaves its objects. */
export interface ResultPlaces {
  /** The result itself; for rows that went elsewhere, the name that the others begin with. */
  readonly object: S3Place;
  readonly metadata: S3Place;
  readonly manifest: S3Place;
}

/** Reads `s3://bucket/prefix/` of a request or a statement; `undefined` for anything else. Locations that the catalog holds, which other programs write too, are read by `placeOf`. */
export function s3Place(location: string): S3Place | undefined {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(location);
  return found === null ? undefined : { bucket: found[1] ?? '', key: found[2] ?? '' };
}

/** Writes a place as an address. */
export function s3Address({ bucket, key }: S3Place): string {
  return `s3://${bucket}/${key}`;
}

/** A prefix that ends as a folder. */
export function asFolder(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

/** The output location of a query, or Athena's refusal where there is none. */
export function outputPlace(
  given: string | undefined,
  ofGroup: string | undefined,
  groupDecides: boolean,
): S3Place {
  const location = groupDecides ? (ofGroup ?? given) : (given ?? ofGroup);
  if (location === undefined || location === '') {
    throw refusedRequest(
      'INVALID_INPUT',
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  const place = s3Place(location);
  if (place !== undefined) return place;
  throw refusedRequest('INVALID_INPUT', 'outputLocation is not a valid S3 path.');
}

/** Names the objects of one query. */
export function resultPlaces(output: S3Place, id: string, { result }: StatementKind): ResultPlaces {
  const folder = asFolder(output.key);
  const name = `${result === 'table' ? 'tables/' : ''}${id}`;
  const ending = result === 'csv' ? '.csv' : result === 'text' ? '.txt' : '';
  const place = (end: string): S3Place => ({ bucket: output.bucket, key: `${folder}${name}${end}` });
  return { object: place(ending), metadata: place(`${ending}.metadata`), manifest: place('-manifest.csv') };
}
