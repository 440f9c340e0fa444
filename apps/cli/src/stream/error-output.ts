import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { DescribedStream } from './described-stream.js';

/** A record that was not delivered, as a line of the error output has it. */
export interface FailedLine {
  readonly code: string;
  readonly message: string;
  /** The record's text. */
  readonly record: string;
  /** `s3://bucket/key` of the object. */
  readonly object: string;
}

/** Gives the lines that are new at each call. */
export type ErrorOutput = () => Promise<readonly FailedLine[]>;

/** Reads what a stream could not deliver; at the first call the newest `lines`. */
export function createErrorOutput(
  s3: S3Client,
  { bucket, errorPrefix }: DescribedStream,
  lines: number,
  abortSignal: AbortSignal,
): ErrorOutput {
  const known = new Set<string>();
  let isFirst = true;
  return async () => {
    // Without a prefix of its own the error output is among the objects of the lake.
    if (bucket === undefined || errorPrefix === '') return [];
    const found: { readonly key: string; readonly atMs: number }[] = [];
    const pages = paginateListObjectsV2(
      { client: s3 },
      { Bucket: bucket, Prefix: errorPrefix },
      { abortSignal },
    );
    try {
      for await (const { Contents = [] } of pages)
        for (const { Key: key = '', LastModified } of Contents)
          if (!known.has(key)) found.push({ key, atMs: LastModified?.getTime() ?? 0 });
    } catch (error) {
      // The endpoint makes the bucket with its first object.
      if (!(error instanceof Error && error.name === 'NoSuchBucket')) throw error;
    }
    found.sort((a, b) => a.atMs - b.atMs);
    let failed: FailedLine[] = [];
    // From the newest backwards, for as long as lines are wanted.
    for (const { key } of found.reverse()) {
      known.add(key);
      if (isFirst && failed.length >= lines) continue;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
      const text = (await Body?.transformToString('utf8')) ?? '';
      failed = [...linesOf(text, `s3://${bucket}/${key}`), ...failed];
    }
    const shown = isFirst ? failed.slice(Math.max(0, failed.length - lines)) : failed;
    isFirst = false;
    return shown;
  };
}

/** Firehose's error output: one JSON object a line, the record in base64 ("Data delivery failure handling", 2026). */
function linesOf(text: string, object: string): FailedLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      // The parse boundary: Firehose wrote it; whatever is missing is said to be unknown.
      const value = JSON.parse(line) as Partial<Record<string, unknown>>;
      const field = (...keys: readonly string[]): string => {
        const [first] = keys.map((key) => value[key]).filter((one) => typeof one === 'string');
        return first ?? 'unknown';
      };
      const record = Buffer.from(field('rawData'), 'base64').toString('utf8').trimEnd();
      return {
        code: field('errorCode', 'lastErrorCode'),
        message: field('errorMessage', 'lastErrorMessage'),
        record,
        object,
      };
    });
}
