import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DeliveryBuffer } from '../../src/delivery/delivery-buffer.js';
import type { DeliveryStream } from '../../src/delivery/delivery-stream.js';
import { StagingFile } from '../../src/delivery/staging-file.js';
import { tailOfStreams } from '../../src/delivery/tail-of-streams.js';

test('a query that a full disk refuses keeps none of the files that it had been lent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tail-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  let isFull = false;
  const buffer = (id: number, beforeWrite: () => void): DeliveryBuffer => {
    const staging = new StagingFile(join(folder, String(id)), beforeWrite);
    staging.append(Buffer.from('{}'), 0, 2, true);
    const state = { id, key: '', objectKey: String(id), bucket: 'lake', openedAt: 0, bytes: 2, records: 1 };
    return new DeliveryBuffer({ ...state, kind: 'data', sealed: false }, staging);
  };
  const first = buffer(1, () => undefined);
  const second = buffer(2, () => {
    if (isFull) throw new Error('No space is left.');
  });
  const stream: Pick<DeliveryStream, 'undelivered' | 'schemaOf'> = {
    undelivered: () => [first, second],
    schemaOf: () => ({ catalogId: '', databaseName: '', tableName: '', region: '', versionId: '' }),
  };
  isFull = true;
  expect(() => tailOfStreams([stream])).toThrow('No space is left.');
  first.staging.append(Buffer.from('[]'), 0, 2, true);
  first.staging.flush();
  // A file that somebody reads does not grow: what comes then goes to another.
  expect(first.staging.parts()).toMatchObject([{ bytes: 6 }]);
  first.staging.close();
});
