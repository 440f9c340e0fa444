import { CreateDeliveryStreamCommand, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { cp } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errorLines, filesBelow, parquetRows } from './lake-files.js';
import {
  createReadings,
  firehoseClient,
  reading,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from './clients.js';

test('hundreds of open buffers of two streams are queried, and joined, within little memory', async () => {
  const emulator = await startedEmulator({ duckDbMemoryBytes: 96 * 1024 * 1024 });
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream('one')));
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream('two')));
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  for (const day of [5, 6, 7, 8]) {
    for (const [first, DeliveryStreamName] of ['one', 'two'].entries()) {
      const Records = hours.flatMap((hour) =>
        [0, 1].map((n) =>
          record(reading(((day * 24 + hour) * 2 + n) * 2 + first, hour).replace('-05T', `-0${day}T`)),
        ),
      );
      await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
    }
  }
  const join =
    'SELECT count(*) AS n, min(a.datehour = b.datehour) AS same FROM readings a JOIN readings b USING (id)';
  const byHour = 'SELECT datehour, count(*) AS n, sum(id) AS ids FROM readings GROUP BY 1 ORDER BY 1';
  expect(await emulator.query(join)).toEqual([{ n: 384, same: true }]);
  const before = await emulator.query(byHour);
  expect(before).toHaveLength(96);
  expect(await emulator.query("SELECT count(*) AS n FROM readings WHERE datehour = '2026-01-07-23'")).toEqual(
    [{ n: 4 }],
  );
  await emulator.flush();
  expect(await emulator.query(byHour)).toEqual(before);
});

test('an acknowledged record is visible to SQL while its buffer is open, and in Parquet after a flush', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = Array.from({ length: 500 }, (_, id) => record(reading(id, id % 3)));
  const answer = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  expect(answer.FailedPutCount).toBe(0);
  expect(answer.RequestResponses).toHaveLength(500);

  const query =
    'SELECT datehour, count(*) AS n, sum(amount) AS total FROM lake.readings GROUP BY 1 ORDER BY 1';
  const open = await emulator.query(query);
  expect(open.map(({ datehour, n }) => [datehour, n])).toEqual([
    ['2026-01-05-00', 167],
    ['2026-01-05-01', 167],
    ['2026-01-05-02', 166],
  ]);
  expect(await filesBelow(emulator.lakeDir)).toEqual([]);

  await emulator.flush();
  expect(await emulator.query(query)).toEqual(open);
  const files = await filesBelow(emulator.lakeDir);
  expect(files).toHaveLength(3);
  expect(files[0]).toMatch(
    /^lake-bucket\/readings\/datehour=2026-01-05-00\/readings-1-\d{4}(-\d\d){5}-[0-9a-f-]{36}\.parquet$/,
  );
  const rows = await parquetRows(emulator.lakeDir, files);
  expect(rows.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 500 }, (_, id) => id),
  );
});

test('records that are packed into one are taken apart again', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const lines = Array.from({ length: 12 }, (_, id) => reading(id)).join('\n');
  const glued = reading(12) + reading(13);
  const pretty = JSON.stringify(JSON.parse(reading(14)), undefined, 2);
  const Records = [lines, `${glued}\n`, pretty].map(record);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  const rows = await emulator.query('SELECT id FROM readings ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 15 }, (_, id) => id));
});

test('what is acknowledged and buffered outlives a restart', async () => {
  const dataDir = await temporaryFolder();
  const first = await startedEmulator({ dataDir });
  await createReadings(first);
  await firehoseClient(first).send(new CreateDeliveryStreamCommand(readingsStream()));
  const put = (emulator: { endpoint: string }, from: number): Promise<unknown> =>
    firehoseClient(emulator).send(
      new PutRecordBatchCommand({
        DeliveryStreamName: 'readings',
        Records: Array.from({ length: 100 }, (_, i) => record(reading(from + i, i % 4))),
      }),
    );
  await put(first, 0);
  await first.close();
  const second = await startedEmulator({ dataDir });
  await put(second, 100);
  expect(await second.query('SELECT count(*) AS n, count(DISTINCT id) AS ids FROM readings')).toEqual([
    { n: 200, ids: 200 },
  ]);
  await second.flush();
  expect(await filesBelow(second.lakeDir)).toHaveLength(4);
  await second.close();
  const third = await startedEmulator({ dataDir });
  expect(await third.query('SELECT count(*) AS n FROM readings')).toEqual([{ n: 200 }]);
});

test('records that fail go to the error output, alone', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = [reading(1), 'not json', '{"id":2,"at":5}', reading(3)].map(record);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  expect(await emulator.query('SELECT id FROM readings ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }]);
  const errors = (await filesBelow(emulator.lakeDir)).filter((path) => path.includes('/errors/'));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('errors/processing-failed/');
});

test('a record that does not fit the table goes to the error output in the shape that AWS gives it', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const bad = '{"id":2,"at":"2026-01-05T08:00:00Z","amount":"many"}';
  const odd = '{"ID":"7","At":"2026-01-05T08:00:00Z","AMOUNT":"12","extra":true}';
  await firehose.send(
    new PutRecordBatchCommand({
      DeliveryStreamName: 'readings',
      Records: [bad, odd, reading(3)].map(record),
    }),
  );
  await emulator.flush();
  expect(await emulator.query('SELECT id, amount FROM readings ORDER BY id')).toEqual([
    { id: 3, amount: 3 },
    { id: 7, amount: 12 },
  ]);
  const [path = ''] = (await filesBelow(emulator.lakeDir)).filter((name) => name.includes('/errors/'));
  expect(path).toContain('errors/format-conversion-failed/');
  const [line] = await errorLines(emulator.lakeDir, path);
  expect(line).toMatchObject({
    attemptsMade: 1,
    lastErrorCode: 'DataFormatConversion.MalformedData',
    rawData: Buffer.from(bad).toString('base64'),
    dataCatalogTable: { databaseName: 'lake', tableName: 'readings', versionId: '0' },
  });
});

test('a copied data folder leaves the files of its original alone', async () => {
  const dataDir = await temporaryFolder();
  const put = (emulator: { endpoint: string }, id: number): Promise<unknown> =>
    firehoseClient(emulator).send(
      new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records: [record(reading(id, 0))] }),
    );
  const first = await startedEmulator({ dataDir });
  await createReadings(first);
  await firehoseClient(first).send(new CreateDeliveryStreamCommand(readingsStream()));
  await put(first, 0);
  await first.close();
  const original = await startedEmulator({ dataDir });
  await put(original, 1);
  const copied = await temporaryFolder();
  // The lock of the endpoint that runs is a socket, which Node does not copy.
  await cp(dataDir, copied, { recursive: true, filter: (from) => !from.endsWith('.sock') });
  const copy = await startedEmulator({ dataDir: copied });
  await copy.flush();
  await original.flush();
  for (const emulator of [copy, original]) {
    expect(await emulator.query('SELECT id FROM readings ORDER BY id')).toEqual([{ id: 0 }, { id: 1 }]);
  }
  await original.close();
});

test('rows of an object are sorted by the columns that the table is sorted by', async () => {
  const emulator = await startedEmulator();
  const SortColumns = [
    { Column: 'Store', SortOrder: 1 },
    { Column: 'gone', SortOrder: 1 },
    { Column: 'id', SortOrder: 1 },
  ];
  await createReadings(emulator, { SortColumns });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = Array.from({ length: 500 }, (_, id) => record(reading((id * 7919) % 500)));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  const rows = await parquetRows(emulator.lakeDir, await filesBelow(emulator.lakeDir));
  const place = ({ store, id }: Record<string, unknown>): string =>
    `${String(store)} ${String(id).padStart(4, '0')}`;
  expect(rows).toHaveLength(500);
  expect(rows.map(place)).toEqual(rows.map(place).sort());
});

test('a column that no JSON can fill fails each record by itself, and says which type it is', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator, {
    Columns: [
      { Name: 'id', Type: 'int' },
      { Name: 'photo', Type: 'binary' },
    ],
  });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const Records = [record('{"id":1,"photo":"AAEC","at":"2026-01-05T08:00:00Z"}')];
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  await emulator.flush();
  const [path = ''] = await filesBelow(emulator.lakeDir);
  expect(path).toContain('errors/format-conversion-failed/');
  const [line] = await errorLines(emulator.lakeDir, path);
  expect(line).toMatchObject({ lastErrorCode: 'DataFormatConversion.InvalidSchema' });
  expect(String(line?.lastErrorMessage)).toContain('got binary');
  // The table itself is read all the same, whoever wrote its files.
  expect(await emulator.query('SELECT id, photo FROM lake.readings')).toEqual([]);
});
