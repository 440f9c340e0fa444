import { isLoopbackUrl } from '@store/foundation';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clientOptions, endpointOf } from '../aws/client-options.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** An object of S3, as a copy on this machine. */
export interface FetchedObject {
  readonly address: string;
  readonly file: string;
  readonly modifiedMs: number;
}

/** True for `s3://bucket/…`. */
export const isS3Address = (argument: string): boolean => /^s3:\/\//i.test(argument);

/**
 * Copies the object of an address into a temporary folder, or, where the address ends in `/` or is a bucket, every object
 * below it that `isWanted` takes, by key. A copy can be read twice: once to see that it is sound, once to send it.
 */
export async function fetchObjects(
  address: string,
  isWanted: (key: string) => boolean,
  { env }: Terminal,
): Promise<{ objects: FetchedObject[]; release: () => Promise<void> }> {
  const { bucket, key } = partsOf(address);
  const { GetObjectCommand, paginateListObjectsV2, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ ...clientOptions('S3', env), forcePathStyle: isLocal(env) });
  const folder = await mkdtemp(join(tmpdir(), 'store-s3-'));
  const release = async (): Promise<void> => {
    client.destroy();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const keys: string[] = [];
    if (key !== '' && !key.endsWith('/')) keys.push(key);
    else
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: key },
      ))
        for (const { Key } of Contents) if (Key !== undefined && isWanted(Key)) keys.push(Key);
    if (keys.length === 0)
      throw new CliError('NO_SOURCE', `${address} holds no object that can be read.`, {
        fix: listedAtStart(env),
      });
    const objects: FetchedObject[] = [];
    for (const [index, one] of keys.sort().entries()) {
      const { Body, ContentLength, LastModified } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: one }),
      );
      if (!(Body instanceof Readable))
        throw new CliError('NO_SOURCE', `s3://${bucket}/${one} has no content.`);
      const file = join(folder, `${index}-${basename(one)}`);
      await pipeline(Body, createWriteStream(file));
      const { size } = await stat(file);
      if (ContentLength !== undefined && size !== ContentLength)
        throw new CliError(
          'NO_SOURCE',
          `Of s3://${bucket}/${one}, ${size} bytes came, and ${ContentLength} were announced.`,
          { fix: listedAtStart(env) },
        );
      objects.push({ address: `s3://${bucket}/${one}`, file, modifiedMs: LastModified?.getTime() ?? 0 });
    }
    return { objects, release };
  } catch (error) {
    await release();
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NoSuchBucket'))
      throw new CliError('NO_SOURCE', `There is no ${address}.`, { cause: error, fix: listedAtStart(env) });
    throw error;
  }
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
