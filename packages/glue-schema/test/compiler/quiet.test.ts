import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { fixture } from './compilers.js';

test('emission with TypeScript 7 prints nothing, also when its process ends', () => {
  const script = `
    import * as typescript from 'typescript-7/unstable/sync';
    import { emitSchema } from '@store/glue-schema/compiler';
    const { schema } = emitSchema({ entry: ${JSON.stringify(fixture('order.ts'))}, type: 'Order', typescript });
    if (schema === undefined) throw new Error('no schema');`;
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--conditions=@store/source', '--input-type=module', '-e', script],
    { encoding: 'utf8', cwd: import.meta.dirname },
  );
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: '' });
});
