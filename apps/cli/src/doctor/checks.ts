import { isLoopbackUrl } from '@store/foundation';
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { endpointOf } from '../aws/client-options.js';
import { formatBytes } from '../output/format.js';
import type { Terminal } from '../terminal/terminal.js';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** `warn` is worth knowing, `fail` stops a command from working. */
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly fix?: string;
}

const lowDiskBytes = 1024 ** 3;

/** Looks at the machine, in the order in which commands need it. */
export async function runChecks({ cwd, env }: Terminal): Promise<Check[]> {
  return [node(), await duckdb(), await folder(cwd), await disk(cwd), credentials(env), await endpoint(env)];
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  return enough
    ? { name: 'Node', state: 'ok', detail: process.version }
    : { name: 'Node', state: 'fail', detail: process.version, fix: 'Install Node 20.19, or 22.12 or newer.' };
}

async function duckdb(): Promise<Check> {
  try {
    const { withDuckDb } = await import('../local/duckdb.js');
    const answer = await withDuckDb(async (connection) => connection.runAndReadAll('select version()'));
    return { name: 'DuckDB', state: 'ok', detail: String(answer.getRows()[0]?.[0]) };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return {
      name: 'DuckDB',
      state: 'fail',
      detail,
      fix: 'Install again on this machine: its binary is per platform.',
    };
  }
}

async function folder(cwd: string): Promise<Check> {
  try {
    await access(cwd, constants.W_OK);
    return { name: 'Folder', state: 'ok', detail: `${cwd} can be written` };
  } catch {
    return {
      name: 'Folder',
      state: 'warn',
      detail: `${cwd} cannot be written`,
      fix: 'Use --out and --data elsewhere.',
    };
  }
}

async function disk(cwd: string): Promise<Check> {
  const { bavail, bsize } = await statfs(cwd);
  const free = bavail * bsize;
  const detail = `${formatBytes(free)} free`;
  return free < lowDiskBytes
    ? { name: 'Disk', state: 'warn', detail, fix: 'Free some space before a long run.' }
    : { name: 'Disk', state: 'ok', detail };
}

function credentials(env: Terminal['env']): Check {
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const from = env.AWS_PROFILE ?? (env.AWS_ACCESS_KEY_ID === undefined ? undefined : 'the environment');
  if (from === undefined) {
    return {
      name: 'AWS',
      state: 'ok',
      detail: 'no profile or keys in the environment; the embedded endpoint needs none',
    };
  }
  return region === undefined
    ? { name: 'AWS', state: 'warn', detail: `credentials from ${from}, no region`, fix: 'Set AWS_REGION.' }
    : { name: 'AWS', state: 'ok', detail: `credentials from ${from}, region ${region}` };
}

async function endpoint(env: Terminal['env']): Promise<Check> {
  const url = endpointOf('FIREHOSE', env);
  if (url === undefined)
    return { name: 'Endpoint', state: 'ok', detail: 'AWS, as AWS_ENDPOINT_URL is not set' };
  if (!URL.canParse(url)) {
    return {
      name: 'Endpoint',
      state: 'fail',
      detail: `${url} is not an address`,
      fix: 'Set AWS_ENDPOINT_URL to http://127.0.0.1:PORT.',
    };
  }
  const where = isLoopbackUrl(url) ? `${url}, on this machine` : url;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
    await answer.body?.cancel();
    return { name: 'Endpoint', state: 'ok', detail: `${where}, answers` };
  } catch {
    return {
      name: 'Endpoint',
      state: 'fail',
      detail: `${where}, does not answer`,
      fix: 'Start it with `store emulator`, or unset AWS_ENDPOINT_URL.',
    };
  }
}
