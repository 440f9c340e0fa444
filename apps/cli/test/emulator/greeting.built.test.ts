import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';

const hasAwsCli = existsSync('/usr/bin/aws');

test.skipIf(!hasAwsCli)(
  'what `store emulator` prints can be pasted into a shell, line by line, the AWS CLI too (needs Debian’s awscli)',
  async () => {
    const cwd = await temporaryFolder();
    // Debian's AWS CLI is version 2; another one may be before it.
    const env = { PATH: `/usr/bin:${process.env.PATH ?? ''}`, HOME: cwd };
    const args = [bin, 'emulator', '--port', '0', '--data', join(cwd, 'endpoint')];
    const endpoint = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = new Promise((resolve) => endpoint.on('close', resolve));
    try {
      const block: string[] = [];
      for await (const line of createInterface({ input: endpoint.stdout })) {
        if (line.startsWith('Ctrl-C')) break;
        if (line.startsWith('  ') && !line.includes('then, in that shell'))
          block.push(line.trim().replace(/ {2,}\S.*/, ''));
      }
      expect(block[0]).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+ /);
      const count = 'SELECT count(*) AS n FROM inventory_events';
      const script = ['set -e', ...block, `node '${bin}' query '${count}' --format csv`].join('\n');
      const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env });
      expect(stdout).toContain('"FailedPutCount": 0');
      const day = await promisify(execFile)(process.execPath, [
        bin,
        'generate',
        '--stores',
        '5',
        '--products',
        '20',
      ]);
      // The day that was streamed, and the event that the AWS CLI put.
      expect(stdout.endsWith(`n\n${day.stdout.trimEnd().split('\n').length + 1}\n`), stdout).toBe(true);
    } finally {
      endpoint.kill('SIGINT');
      await closed;
    }
  },
);
