import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { platformOf } from '@store/durable';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damagedObjects, type EmulatorError } from '../../src/index.js';
import { LakeFolder } from '../../src/lake/lake-folder.js';
import { ObjectRecords } from '../../src/lake/object-records.js';

const bucket = 'lake';
const keys = fc.constantFrom('a', 'a/b', 'a/b/c', '%', 'k'.repeat(300), 'x=1/y.parquet');
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), key: keys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('put' as const), key: keys }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), key: keys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), key: keys }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash before a record' as const), key: keys }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash before a file' as const), key: keys }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash before a removal' as const), key: keys }) },
);

test('exactly the files that were removed by hand are lost, whatever is delivered, put, deleted and cut short around it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 25 }), async (sequence) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'lost-objects-'));
      const drafts = join(dataDir, 'state', 's3-drafts');
      await mkdir(drafts, { recursive: true });
      const told: EmulatorError[] = [];
      let isFull = false;
      const open = async (): Promise<LakeFolder> => {
        told.length = 0;
        const records = await ObjectRecords.open({
          journal: join(dataDir, 'state', 's3.journal'),
          beforeWrite: () => {
            if (isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
          },
        });
        const opened = await LakeFolder.open(join(dataDir, 's3'), platformOf(), records);
        await opened.recover(drafts, { onDamage: 'refuse', report: (error) => told.push(error) });
        return opened;
      };
      let lake = await open();
      const restart = async (): Promise<void> => {
        await lake.records.close();
        lake = await open();
      };
      const there = new Set<string>();
      const lost = new Set<string>();
      let number = 0;
      const draft = async (): Promise<string> => {
        number += 1;
        const path = join(drafts, String(number));
        await writeFile(path, 'x'.repeat(number));
        return path;
      };
      const facts = { headers: { 'content-type': 'text/x-test' } };
      const isThere = (key: string): void => {
        there.add(key);
        lost.delete(key);
      };
      try {
        for (const step of sequence) {
          switch (step.do) {
            case 'deliver':
              await lake.place(await draft(), bucket, step.key);
              isThere(step.key);
              break;
            case 'put':
              await lake.place(await draft(), bucket, step.key, { facts, isKept: true });
              isThere(step.key);
              break;
            case 'delete':
              await lake.remove(bucket, step.key);
              there.delete(step.key);
              lost.delete(step.key);
              break;
            case 'lose':
              if (!there.delete(step.key)) break;
              await rm(lake.pathOf(bucket, step.key));
              lost.add(step.key);
              break;
            case 'restart':
              await restart();
              break;
            case 'crash before a record':
              // Its buffer is delivered again.
              isFull = true;
              await expect(lake.place(await draft(), bucket, step.key)).rejects.toThrow(
                'could not be written',
              );
              isFull = false;
              await restart();
              await lake.place(await draft(), bucket, step.key);
              isThere(step.key);
              break;
            case 'crash before a file': {
              const path = await draft();
              const { size, mtimeMs: modifiedAt } = await stat(path);
              const put = { bucket, key: step.key, draft: basename(path), size, modifiedAt, facts };
              await lake.records.append({ op: 'put', put });
              await restart();
              isThere(step.key);
              break;
            }
            case 'crash before a removal': {
              if (!there.has(step.key)) break;
              const before = lake.object(bucket, step.key);
              await lake.records.append({ op: 'forget', bucket, key: step.key });
              await restart();
              expect(lake.object(bucket, step.key)).toEqual(before);
            }
          }
          expect(new Set(damagedObjects(dataDir).map(({ key }) => key))).toEqual(lost);
        }
        await restart();
        expect(told.map(({ code }) => code)).toEqual(lost.size === 0 ? [] : ['OBJECT_DAMAGED']);
        expect(new Set(lake.objects(bucket)?.map(({ key }) => key))).toEqual(new Set([...there, ...lost]));
      } finally {
        await lake.records.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    }),
    {
      numRuns: 60,
      examples: [
        // Behind a restart, the usual place of what is lost is a folder of another object.
        [
          [
            { do: 'deliver', key: 'a/b/c' },
            { do: 'deliver', key: 'a' },
            { do: 'lose', key: 'a' },
            { do: 'restart' },
            { do: 'delete', key: 'a' },
            { do: 'deliver', key: 'a' },
          ],
        ],
      ],
    },
  );
});
