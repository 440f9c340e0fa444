import { CliError } from '../terminal/errors.js';
import type { LakeCount } from './parquet-lake.js';

/** Asks an embedded endpoint in another process to write out everything that it has acknowledged. */
export async function flushRemote(url: string): Promise<void> {
  const answer = await fetch(new URL('/_emulator/flush', url), { method: 'POST' });
  await answer.body?.cancel();
  if (answer.ok) return;
  throw new CliError(`The endpoint at ${url} cannot be asked to flush (HTTP ${answer.status}).`, {
    code: 'NO_FLUSH',
    fix: 'Start one with `store emulator`, or unset AWS_ENDPOINT_URL to have one in this process.',
  });
}

/** Counts the Parquet objects of a bucket over the endpoint's S3. */
export async function listRemote(url: string, bucket: string): Promise<Omit<LakeCount, 'rows'>> {
  const sizes: number[] = [];
  const folders = new Set<string>();
  let token: string | undefined;
  do {
    const query = new URLSearchParams({
      'list-type': '2',
      ...(token === undefined ? {} : { 'continuation-token': token }),
    });
    const answer = await fetch(new URL(`/${bucket}?${query.toString()}`, url));
    const xml = await answer.text();
    if (!answer.ok)
      throw new CliError(`The endpoint at ${url} does not list ${bucket} (HTTP ${answer.status}).`, {
        code: 'NO_LIST',
      });
    for (const [, content = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = /<Key>(.*?)<\/Key>/s.exec(content)?.[1] ?? '';
      if (!key.endsWith('.parquet')) continue;
      sizes.push(Number(/<Size>(\d+)<\/Size>/.exec(content)?.[1] ?? 0));
      folders.add(key.slice(0, key.lastIndexOf('/')));
    }
    token = /<NextContinuationToken>(.*?)<\/NextContinuationToken>/s.exec(xml)?.[1];
  } while (token !== undefined);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), partitions: folders.size };
}
