import { isLoopbackUrl } from '@store/foundation';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { temporaryCopy, type TemporaryCopy } from '../local/temporary-copy.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** An object of S3. */
export interface FoundObject {
  /** Its `s3://` address. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Copies it to this machine: a copy can be read twice, once to see that it is sound, once to send it. */
  fetch(signal: AbortSignal): Promise<TemporaryCopy>;
}

/** True for `s3://bucket/…`. */
export const isS3Address = (argument: string): boolean => /^s3:\/\//i.test(argument);

/**
 * Finds the object of an address, or, where the address ends in `/` or is a bucket, every object below it that `isWanted`
 * takes, by key.
 */
export async function findObjects(
  address: string,
  isWanted: (key: string) => boolean,
  { env, signal }: Terminal,
): Promise<{ objects: readonly FoundObject[]; release: () => void }> {
  const { bucket, key } = partsOf(address);
  const { GetObjectCommand, paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ ...clientOptions('S3', env), forcePathStyle: isLocal(env) });
  const get = async (one: string, abortSignal: AbortSignal): Promise<GetObjectCommandOutput> =>
    client
      .send(new GetObjectCommand({ Bucket: bucket, Key: one }), { abortSignal })
      .catch((error: unknown) => {
        throw notThere(`s3://${bucket}/${one}`, error, env);
      });
  const found = (one: string, bytes = 0, modified?: Date): FoundObject => ({
    path: `s3://${bucket}/${one}`,
    bytes,
    // Whole seconds, as the header of an object has them: a list may have more.
    modifiedMs: Math.floor((modified?.getTime() ?? 0) / 1000) * 1000,
    fetch: async (abortSignal) =>
      temporaryCopy(basename(one), async (file) => {
        const { Body, ContentLength } = await get(one, abortSignal);
        if (!(Body instanceof Readable))
          throw new CliError('NO_SOURCE', `s3://${bucket}/${one} has no content.`);
        await pipeline(Body, createWriteStream(file), { signal: abortSignal });
        const { size } = await stat(file);
        if (ContentLength === undefined || size === ContentLength) return;
        const came = `Of s3://${bucket}/${one}, ${size} bytes came, and ${ContentLength} were announced.`;
        throw new CliError('NO_SOURCE', came, { fix: listedAtStart(env) });
      }),
  });
  try {
    const objects: FoundObject[] = [];
    if (key !== '' && !key.endsWith('/')) {
      const { Body, ContentLength, LastModified } = await get(key, signal);
      // What it is, and no byte of it: that comes when it is read.
      if (Body instanceof Readable) Body.destroy();
      objects.push(found(key, ContentLength, LastModified));
    } else {
      const pages = paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: key },
        { abortSignal: signal },
      );
      for await (const { Contents = [] } of pages)
        for (const { Key, Size, LastModified } of Contents)
          if (Key !== undefined && isWanted(Key)) objects.push(found(Key, Size, LastModified));
    }
    if (objects.length === 0)
      throw new CliError('NO_SOURCE', `${address} holds no object that can be read.`, {
        fix: listedAtStart(env),
      });
    return {
      objects: objects.sort((a, b) => (a.path < b.path ? -1 : 1)),
      release() {
        client.destroy();
      },
    };
  } catch (error) {
    client.destroy();
    throw notThere(address, error, env);
  }
}

/** An object that is not there, in our words; every other error as it is. */
function notThere(address: string, error: unknown, env: Terminal['env']): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'NoSuchKey' || error.name === 'NoSuchBucket')
    return new CliError('NO_SOURCE', `There is no ${address}.`, { cause: error, fix: listedAtStart(env) });
  return error;
}

function partsOf(address: string): { bucket: string; key: string } {
  const { bucket, key = '' } = /^s3:\/\/(?<bucket>[^/]+)(?:\/(?<key>.*))?$/is.exec(address)?.groups ?? {};
  if (bucket === undefined)
    throw new CliError('USAGE', `Expected s3://bucket/key, or s3://bucket/prefix/, got ${address}.`);
  return { bucket, key };
}

const isLocal = (env: Terminal['env']): boolean => {
  const endpoint = endpointOf('S3', env);
  return endpoint !== undefined && isLoopbackUrl(endpoint);
};

const listedAtStart = (env: Terminal['env']): string =>
  isLocal(env)
    ? 'Put it there with `aws s3 cp`; the embedded endpoint sees what was copied into its folders by hand when it is started again.'
    : 'Check the address, and the right to s3:GetObject and s3:ListBucket.';
