import { createWorld } from '@store/generator';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.mjs';
import { prove, type ProveOptions, type ProveTools } from '../scripts/prove-deployment.js';
import { root } from './repository.js';

const options: ProveOptions = {
  stage: 'prove',
  stores: 2,
  products: 3,
  rounds: 2,
  everySeconds: 3600,
  withinSeconds: 60,
  keep: false,
};

/** An account in which each function answers what is right, and Athena counts what was sent, except `missing` events. */
function account(missing = 0): {
  readonly tools: ProveTools;
  readonly ran: string[];
  readonly waited: number[];
} {
  const ran: string[] = [];
  const waited: number[] = [];
  let sent = 0;
  const tools: ProveTools = {
    dryRun: false,
    run: (program, args) => {
      const line = [program, ...args].join(' ');
      ran.push(line);
      if (line.includes('get-query-execution')) return 'SUCCEEDED\n';
      if (line.includes('get-query-results')) return `${sent - missing}\t${sent - missing}\n`;
      if (line.includes('describe-stack-resources')) return 'lake\tlogs\n';
      return '0\n';
    },
    invoke: (name, payload) => {
      ran.push(`invoke ${name}`);
      if (name.endsWith('plan')) return { requestsSent: 0, requestsKnown: 4 };
      sent = JSON.stringify(payload).includes('2026-01-05') ? eventsOf[0] : eventsOf[1];
      return { accepted: sent };
    },
    wait: async (seconds) => {
      waited.push(seconds);
      return Promise.resolve();
    },
    say: () => undefined,
  };
  return { tools, ran, waited };
}

// What the two days of this world hold.
const eventsOf = [
  [...createWorld({ seed: 42, stores: 2, products: 3, start: '2026-01-05', days: 1 }).events()].length,
  [...createWorld({ seed: 43, stores: 2, products: 3, start: '2026-01-06', days: 1 }).events()].length,
] as const;

test('a stage is deployed, compared in each round, and destroyed with its buckets emptied', async () => {
  const { tools, ran, waited } = account();
  expect(Math.min(...eventsOf)).toBeGreaterThan(0);
  expect(await prove(options, tools)).toEqual([]);
  expect(ran[0]).toContain('aws sts get-caller-identity');
  expect(ran.filter((line) => line.startsWith('npm')).map((line) => line.split(' ')[2])).toEqual([
    'bootstrap',
    'deploy',
    'destroy',
  ]);
  expect(ran.filter((line) => line.startsWith('aws s3 rm'))).toHaveLength(2);
  expect(waited.filter((seconds) => seconds === options.everySeconds)).toHaveLength(1);
  const queries = ran.filter((line) => line.includes('start-query-execution'));
  expect(queries).toHaveLength(2);
  expect(queries[1]).toContain("datehour >= '2026-01-06-00' AND datehour < '2026-01-07-00'");
});

test('what is missing is waited for, then said, and the stage is destroyed all the same', async () => {
  const { tools, ran, waited } = account(1);
  const wrong = await prove({ ...options, rounds: 1 }, tools);
  expect(wrong).toHaveLength(2);
  expect(wrong[0]).toContain(`rows that Athena counts: expected ${eventsOf[0]}, found ${eventsOf[0] - 1}`);
  expect(waited.filter((seconds) => seconds === 30)).toHaveLength(2);
  expect(ran.at(-1)).toContain('destroy');
});

test('a failure destroys the stage too, unless it is to be kept', async () => {
  const failing = (): ReturnType<typeof account> => {
    const made = account();
    const invoke = (): never => {
      throw new Error('The function is broken.');
    };
    return { ...made, tools: { ...made.tools, invoke } };
  };
  const broken = failing();
  await expect(prove(options, broken.tools)).rejects.toThrow('broken');
  expect(broken.ran.at(-1)).toContain('destroy');
  const kept = failing();
  await expect(prove({ ...options, keep: true }, kept.tools)).rejects.toThrow('broken');
  expect(kept.ran.join('\n')).not.toContain('destroy');
});

test('a dry run says each command and runs none', async () => {
  const args = [await bundle(join(root, 'scripts/prove.ts')), '--rounds', '1', '--dry-run'];
  // Without a path there is no program that it could run.
  const started = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: join(root, 'none') },
  });
  expect(started.status, started.stderr).toBe(0);
  expect(started.stdout).toContain('Nothing was run.');
  for (const part of [
    '$ npm run deploy',
    '$ aws lambda invoke',
    '$ aws athena start-query-execution',
    '$ npm run destroy',
  ]) {
    expect(started.stderr).toContain(part);
  }
  const prod = spawnSync(process.execPath, [...args, '--stage', 'prod'], { cwd: root, encoding: 'utf8' });
  expect(prod.status).toBe(2);
  expect(prod.stderr).toContain('a stage of its own');
});
