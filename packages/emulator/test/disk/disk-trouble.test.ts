import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from '../../../../scripts/bundle.mjs';
import { startEmulator } from '../../src/index.js';
import { record, temporaryFolder } from '../clients.js';
import { filesBelow } from '../lake-files.js';
import { readFile } from 'node:fs/promises';

interface Running {
  readonly child: ChildProcess;
  readonly client: FirehoseClient;
}

/** Starts the endpoint on a folder, in a process of its own. */
async function running(dataDir: string): Promise<Running> {
  const script = await bundle(join(import.meta.dirname, 'limited-endpoint.ts'));
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdout.setEncoding('utf8');
  const [line] = (await once(child.stdout, 'data')) as [string];
  const endpoint = line.trim();
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const client = new FirehoseClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return { child, client };
}

const stream = {
  DeliveryStreamName: 't',
  ExtendedS3DestinationConfiguration: {
    RoleARN: 'arn:aws:iam::000000000000:role/firehose',
    BucketARN: 'arn:aws:s3:::lake-bucket',
    Prefix: 't/',
    BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
  },
};

/** Puts one call; true if it was acknowledged, false if it was refused as a service does that is to be asked again. */
async function put(client: FirehoseClient, id: number, bytes = 500): Promise<boolean> {
  const Records = [record(`${JSON.stringify({ id, filling: 'x'.repeat(bytes) })}\n`)];
  try {
    await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 't', Records }));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'ServiceUnavailableException' });
    return false;
  }
}

async function killed({ child }: Running): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** The ids that a start on the folder delivers. */
async function delivered(dataDir: string): Promise<ReadonlySet<number>> {
  const emulator = await startEmulator({ dataDir });
  await emulator.flush();
  await emulator.close();
  const paths = (await filesBelow(emulator.lakeDir)).filter((path) => path.includes('/t/'));
  const texts = await Promise.all(paths.map((path) => readFile(join(emulator.lakeDir, path), 'utf8')));
  return new Set([...texts.join('\n').matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id)));
}

/** Sets how many descriptors a process may have from now on; what it has stays open. */
const setDescriptors = ({ child }: Running, most: number): boolean =>
  spawnSync('prlimit', ['--pid', String(child.pid), `--nofile=${most}:1024`]).status === 0;

test.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
  'with no descriptor left puts are refused, and taken again when there is one; nothing acknowledged is lost',
  async () => {
    const dataDir = await temporaryFolder();
    const limited = await running(dataDir);
    await limited.client.send(new CreateDeliveryStreamCommand(stream));
    const acknowledged: number[] = [];
    const outcomes = new Map<string, number>();
    for (let id = 0; id < 300; id += 1) {
      const phase = id < 100 ? 'before' : id < 200 ? 'none' : 'again';
      if (id === 100) expect(setDescriptors(limited, 10)).toBe(true);
      if (id === 200) expect(setDescriptors(limited, 1024)).toBe(true);
      const taken = await put(limited.client, id);
      outcomes.set(`${phase} ${taken}`, (outcomes.get(`${phase} ${taken}`) ?? 0) + 1);
      if (taken) acknowledged.push(id);
    }
    expect(limited.child.exitCode).toBeNull();
    expect(outcomes.get('before true')).toBe(100);
    expect(outcomes.get('none false')).toBeGreaterThan(0);
    expect(outcomes.get('again true')).toBe(100);
    await killed(limited);
    const found = await delivered(dataDir);
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
  },
);

test('with its folder deleted the endpoint lives, and acknowledges nothing into files that are gone', async () => {
  const dataDir = await temporaryFolder();
  const endpoint = await running(dataDir);
  await endpoint.client.send(new CreateDeliveryStreamCommand(stream));
  expect(await put(endpoint.client, 1)).toBe(true);
  rmSync(join(dataDir, 'state', 'firehose'), { recursive: true });
  for (let id = 2; id < 80; id += 1) expect(await put(endpoint.client, id)).toBe(false);
  expect(endpoint.child.exitCode).toBeNull();
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test.skipIf(!canMount)(
  'on a full disk puts are refused; with room they are taken again, and nothing acknowledged is lost',
  async () => {
    const dataDir = await temporaryFolder();
    mkdirSync(dataDir, { recursive: true });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dataDir]).status !== 0) return;
    onTestFinished(() => void spawnSync('umount', ['--lazy', dataDir]));
    const endpoint = await running(dataDir);
    await endpoint.client.send(new CreateDeliveryStreamCommand(stream));
    const acknowledged: number[] = [];
    writeFileSync(join(dataDir, 'somebody-else'), Buffer.alloc(2_000_000));
    let id = 0;
    for (; id < 600; id += 1) {
      if (!(await put(endpoint.client, id, 4_000))) break;
      acknowledged.push(id);
    }
    expect(id).toBeLessThan(600);
    expect(endpoint.child.exitCode).toBeNull();
    rmSync(join(dataDir, 'somebody-else'));
    const again = id + 1;
    for (id = again; id < again + 20; id += 1) if (await put(endpoint.client, id)) acknowledged.push(id);
    expect(acknowledged.at(-1)).toBe(again + 19);
    await killed(endpoint);
    const found = await delivered(dataDir);
    expect(acknowledged.filter((each) => !found.has(each))).toEqual([]);
  },
);
