import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { deepStrictEqual as same } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src/index.js';
import { createReadings, readingsStream } from '../clients.js';
import { errorLines, filesBelow } from '../lake-files.js';
import { hardColumns, hardDocument, type HardDocument, type HardRow } from './hard-values.js';

/** What a check found: this many documents in the table, this many in the error output; all of them somewhere. */
export interface HardOutcome {
  readonly rows: number;
  readonly errors: number;
}

/**
 * Sends documents with hard values to an endpoint, packed in records at random, and holds what DuckDB reads of the
 * tail and of the lake, what hyparquet reads, and the error output against what an oracle of its own says. Throws at
 * the first difference.
 */
export async function checkHardValues(
  dataDir: string,
  { documents, seed }: { readonly documents: number; readonly seed: number },
): Promise<HardOutcome> {
  const emulator = await startEmulator({ dataDir });
  try {
    await createReadings(emulator, { Columns: hardColumns });
    const sent = Array.from({ length: documents }, (_, id) => {
      const [document] = fc.sample(hardDocument(id), { numRuns: 1, seed: (seed + id * 7919) | 0 });
      if (document === undefined) throw new Error('One sample was asked for.');
      return document;
    });
    await put(emulator, sent, seed);
    const expected = new Map(sent.flatMap(({ row }, id) => (row === undefined ? [] : [[id, row] as const])));
    await checkRows(emulator, expected, documents);
    await emulator.flush();
    await checkRows(emulator, expected, documents);
    const paths = await filesBelow(emulator.lakeDir);
    const isError = (path: string): boolean => path.includes('/errors/');
    await checkParquet(
      emulator.lakeDir,
      paths.filter((path) => !isError(path)),
      expected,
    );
    const lines = await Promise.all(paths.filter(isError).map((path) => errorLines(emulator.lakeDir, path)));
    checkErrors(lines.flat(), sent);
    return { rows: expected.size, errors: documents - expected.size };
  } finally {
    await emulator.close();
  }
}

async function put(emulator: Emulator, sent: readonly HardDocument[], seed: number): Promise<void> {
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
  const firehose = new FirehoseClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  await firehose.send(
    new CreateDeliveryStreamCommand(
      readingsStream('readings', {
        Prefix: 'readings/datehour=now/',
        DynamicPartitioningConfiguration: { Enabled: false },
        ProcessingConfiguration: { Enabled: false, Processors: [] },
      }),
    ),
  );
  const lots = fc.sample(fc.integer({ min: 1, max: 12 }), { numRuns: sent.length, seed });
  const records: Buffer[] = [];
  for (let from = 0; from < sent.length;) {
    const lot = sent.slice(from, from + (lots[records.length] ?? 1));
    // A document that is no JSON takes the rest of its line with it: it gets a line of its own.
    const parts = lot.flatMap(({ text, isBroken }, at) => {
      const glued = (from + at) % 3 === 0 && !isBroken && lot[at + 1]?.isBroken === false;
      return [text, Buffer.from(glued ? '' : '\n')];
    });
    records.push(Buffer.concat(parts));
    from += lot.length;
  }
  for (let from = 0; from < records.length; from += 40) {
    const Records = records.slice(from, from + 40).map((Data) => ({ Data }));
    const answer = await firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }),
    );
    same(answer.FailedPutCount, 0);
  }
  firehose.destroy();
}

async function checkRows(
  emulator: Emulator,
  expected: ReadonlyMap<number, HardRow>,
  documents: number,
): Promise<void> {
  // DuckDB's client takes U+FEFF off the front of a text: something else is there.
  const columns =
    "id, n::VARCHAR AS n, '|' || s AS s, d::VARCHAR AS d, x::VARCHAR AS x, " +
    "list_transform(a, i -> i::VARCHAR) AS a, struct_pack(v := '|' || t.v, n := t.n::VARCHAR) AS t, t IS NULL AS bare";
  let count = 0;
  for (let from = 0; from < documents; from += 500) {
    const rows = await emulator.query(
      `SELECT ${columns} FROM lake.readings WHERE id >= ${from} AND id < ${from + 500} ORDER BY id`,
    );
    for (const { id, n, s, d, x, a, t, bare } of rows) {
      const number = x === 'inf' ? Infinity : x === '-inf' ? -Infinity : Number(x);
      const struct = t as { readonly v: unknown; readonly n: unknown };
      const row = {
        n,
        s: unmarked(s),
        d,
        x: x === null ? null : number,
        a,
        t: bare === true ? null : { v: unmarked(struct.v), n: struct.n },
      };
      checkRow(Number(id), row, expected);
    }
    count += rows.length;
  }
  same(count, expected.size);
}

const unmarked = (text: unknown): unknown => (typeof text === 'string' ? text.slice(1) : text);

async function checkParquet(
  root: string,
  paths: readonly string[],
  expected: ReadonlyMap<number, HardRow>,
): Promise<void> {
  let count = 0;
  for (const path of paths) {
    const bytes = await readFile(join(root, path));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const metadata = parquetMetadata(file);
    // It would make doubles of decimals: without their type it gives the bytes.
    for (const element of metadata.schema) {
      if (element.name !== 'd') continue;
      delete element.converted_type;
      delete element.logical_type;
    }
    const rows: readonly Record<string, unknown>[] = await parquetReadObjects({ file, metadata, parsers });
    for (const { id, n, s, d, x, a, t } of rows) {
      const struct = t as { readonly v?: unknown; readonly n?: unknown } | null | undefined;
      const row = {
        n: shown(n),
        s: s ?? null,
        d: d instanceof Uint8Array ? decimalOf(d) : null,
        x: x ?? null,
        a: Array.isArray(a) ? a.map(shown) : null,
        t: struct === null || struct === undefined ? null : { v: struct.v ?? null, n: shown(struct.n) },
      };
      checkRow(Number(id), row, expected);
    }
    count += rows.length;
  }
  same(count, expected.size);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Texts with all of their characters: a byte order mark in front is one of them. */
const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : decoder.decode(bytes),
};

const shown = (value: unknown): string | null =>
  typeof value === 'bigint' || typeof value === 'number' ? String(value) : null;

/** A decimal(38,9) from its bytes, the first of which has the sign. */
function decimalOf(bytes: Uint8Array): string {
  const units = BigInt.asIntN(128, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
  const digits = String(units < 0n ? -units : units).padStart(10, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

function checkRow(id: number, row: object, expected: ReadonlyMap<number, HardRow>): void {
  const wanted = expected.get(id);
  same(row, { n: null, s: null, d: null, x: null, a: null, t: null, ...wanted }, `row ${id}`);
  same(wanted === undefined, false, `row ${id} is not to be stored`);
}

function checkErrors(lines: readonly Record<string, unknown>[], sent: readonly HardDocument[]): void {
  const found = lines.map(({ rawData, lastErrorCode, lastErrorMessage }) => {
    same(/^DataFormatConversion\.(ParseError|MalformedData)$/.test(String(lastErrorCode)), true);
    same(String(lastErrorMessage).length > 0, true);
    return Buffer.from(String(rawData), 'base64').toString('latin1');
  });
  const wanted = sent.filter(({ row }) => row === undefined).map(({ text }) => text.toString('latin1'));
  same(found.sort(), wanted.sort());
}
