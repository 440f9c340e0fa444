import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isKeyTooLong, LONGEST_KEY_BYTES } from '../lake/key-order.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import type { PlaceOptions } from '../lake/lake-object.js';
import type { ParquetWriter, UnreadableLine } from '../lake/parquet-writer.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import { compressor } from './compressor.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import { errorRecordEnds, errorRecordLine, type ErrorOutputType } from './error-record.js';
import { failureKind } from '../failure-kind.js';
import { objectNaming } from './object-name.js';
import type { CompressionFormat, DeliveryPlan } from './delivery-plan.js';
import type { Quarantine } from './quarantine.js';
import { partBytes, type StagedPart } from './staging-file.js';

const LINE_FEED = Buffer.from('\n');
/** Bytes that are coded together as base64: a multiple of three. */
const BASE64_CHUNK = 48 * 1024;

/** Content-Encoding of the objects of each compression; measured on AWS, as the project floci published it, read 2026-11. */
const contentEncodings: Readonly<Partial<Record<CompressionFormat, string>>> = {
  GZIP: 'gzip',
  ZIP: 'zip',
  Snappy: 'snappy-java',
  HADOOP_SNAPPY: 'hadoop-snappy',
};

/** Turns sealed buffers into objects. */
export class Deliverer {
  readonly #lake: LakeFolder;
  readonly #parquet: ParquetWriter;
  readonly #drafts: string;
  readonly #quarantine: Quarantine;

  /** @param drafts - folder, on the lake's file system, for objects that are not finished */
  constructor(lake: LakeFolder, parquet: ParquetWriter, drafts: string, quarantine: Quarantine) {
    this.#lake = lake;
    this.#parquet = parquet;
    this.#drafts = drafts;
    this.#quarantine = quarantine;
  }

  /**
   * Writes a buffer's object. Doing it again gives the same object under the same name. A buffer whose delivery failed
   * goes, as far as that has come, to the error output with the reason, or to the quarantine.
   */
  async deliver(plan: DeliveryPlan, buffer: DeliveryBuffer, schema?: SchemaSnapshot): Promise<void> {
    const { state, staging } = buffer;
    const parts = staging.lend();
    try {
      if (buffer.way === 'quarantine') await this.#quarantineParts(plan, buffer, parts);
      else if (buffer.way === 'error-output') await this.#deliverGivenUp(plan, buffer, parts, schema);
      else if (isKeyTooLong(state.objectKey)) throw keyTooLong(state.objectKey);
      else if (state.kind === 'data' && plan.conversion !== undefined) {
        await this.#deliverParquet(plan, buffer, parts, schema, false);
      } else {
        const compression = state.kind === 'error' ? 'UNCOMPRESSED' : plan.compression;
        const encoding = contentEncodings[compression];
        await this.#place(
          plan,
          state.id,
          state.objectKey,
          async (draft) => {
            await concatenate(parts, compressor(compression, objectFileName(state.objectKey)), draft);
          },
          encoding === undefined
            ? {}
            : {
                facts: {
                  headers: { 'content-type': 'application/octet-stream', 'content-encoding': encoding },
                },
              },
        );
      }
    } finally {
      await staging.release();
    }
  }

  async #deliverParquet(
    plan: DeliveryPlan,
    { state, failure }: DeliveryBuffer,
    parts: readonly StagedPart[],
    schema: SchemaSnapshot | undefined,
    oneByOne: boolean,
  ): Promise<void> {
    const columns = schema?.columns ?? [];
    const codec = plan.conversion?.codec ?? 'snappy';
    await this.#place(plan, state.id, state.objectKey, async (draft) => {
      const paths = parts.map(({ path }) => path);
      const sortColumns = schema?.sortColumns ?? [];
      const { longestLineBytes, hasNegativeZero = false } = state;
      const job = { paths, columns, longestLineBytes, hasNegativeZero, sortColumns, codec, target: draft };
      const unreadable = oneByOne ? await this.#parquet.salvage(job) : await this.#parquet.write(job);
      if (unreadable.length > 0)
        await this.#deliverUnreadable(plan, state, unreadable, schema, failure?.code);
    });
  }

  /** What cannot be delivered as it was to be is reported with the reason: alone, where the rest still can. */
  async #deliverGivenUp(
    plan: DeliveryPlan,
    buffer: DeliveryBuffer,
    parts: readonly StagedPart[],
    schema: SchemaSnapshot | undefined,
  ): Promise<void> {
    const { state, failure } = buffer;
    if (state.kind === 'data' && plan.conversion !== undefined && !isKeyTooLong(state.objectKey)) {
      // Its name may be what is wrong: then there is nothing to be saved under it.
      const saved = await this.#deliverParquet(plan, buffer, parts, schema, true).then(
        () => true,
        (error: unknown) => {
          if (failureKind(error) !== 'entry') throw error;
          return false;
        },
      );
      if (saved) return;
    }
    const type: ErrorOutputType = 'processing-failed';
    const { code = 'S3.InternalError', reason = '' } = failure ?? {};
    const facts = { type, code, message: reason, arrivalAt: state.openedAt };
    const splits = plan.conversion !== undefined;
    const key = objectNaming(plan, { arrivalAt: state.openedAt, errorOutputType: type })(state.id);
    await this.#place(plan, state.id, key, async (draft) => {
      const { head, tail } = errorRecordEnds(facts, String(state.id));
      await pipeline(errorLines(partBytes(parts), head, tail, splits), createWriteStream(draft));
    });
  }

  /** What passed the checks and still cannot be written is reported, not lost, and does not hold up the rest. */
  async #deliverUnreadable(
    plan: DeliveryPlan,
    { id, openedAt }: DeliveryBuffer['state'],
    lines: readonly UnreadableLine[],
    schema: SchemaSnapshot | undefined,
    code = 'DataFormatConversion.MalformedData',
  ): Promise<void> {
    const type = 'format-conversion-failed';
    const key = objectNaming(plan, { arrivalAt: openedAt, errorOutputType: type })(id);
    await this.#place(plan, id, key, async (draft) => {
      const records = lines.map(({ text, message }) =>
        errorRecordLine(
          {
            type,
            code,
            message,
            rawData: text,
            arrivalAt: openedAt,
            ...(schema === undefined ? {} : { schema }),
          },
          String(id),
        ),
      );
      const bytes = Buffer.concat(records.flatMap((line) => [line, LINE_FEED]));
      await pipeline([bytes], createWriteStream(draft));
    });
  }

  async #quarantineParts(
    { streamName, streamId }: DeliveryPlan,
    { state, failure }: DeliveryBuffer,
    parts: readonly StagedPart[],
  ): Promise<void> {
    await this.#quarantine.keepParts(`${streamId}-${state.id}`, parts, {
      deliveryStreamName: streamName,
      code: failure?.code ?? 'S3.InternalError',
      reason: failure?.reason ?? '',
      records: state.records,
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      arrivedAt: state.openedAt,
      bucket: state.bucket,
      objectKey: state.objectKey.slice(0, LONGEST_KEY_BYTES),
    });
  }

  async #place(
    plan: DeliveryPlan,
    bufferId: number,
    key: string,
    write: (draft: string) => Promise<void>,
    options: PlaceOptions = {},
  ): Promise<void> {
    if (isKeyTooLong(key)) throw keyTooLong(key);
    await mkdir(this.#drafts, { recursive: true });
    this.#lastDraft += 1;
    const draft = join(this.#drafts, `${plan.streamId}-${bufferId}-${this.#lastDraft}`);
    try {
      await write(draft);
      await this.#lake.place(draft, plan.bucket, key, options);
    } finally {
      await rm(draft, { force: true });
    }
  }

  #lastDraft = 0;
}

function keyTooLong(key: string): Error {
  const error = new Error(
    `The key of the object has ${Buffer.byteLength(key)} bytes; S3 takes up to ${LONGEST_KEY_BYTES}. It begins with ${key.slice(0, 100)}.`,
  );
  return Object.assign(error, { code: 'KeyTooLongError' });
}

/** Error records of staged lines, one each, or one of all that is staged where it is not made of lines. */
async function* errorLines(
  source: AsyncIterable<Buffer>,
  head: Buffer,
  tail: Buffer,
  splits: boolean,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let began = false;
  const encode = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'));
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    if (splits) {
      for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
        yield Buffer.concat([head, encode(rest.subarray(0, end)), tail, LINE_FEED]);
        rest = rest.subarray(end + 1);
      }
      continue;
    }
    if (!began) yield head;
    began = true;
    const whole = rest.length - (rest.length % BASE64_CHUNK);
    if (whole > 0) yield encode(rest.subarray(0, whole));
    rest = rest.subarray(whole);
  }
  if (splits && rest.length === 0) return;
  if (!began) yield head;
  yield Buffer.concat([encode(rest), tail, LINE_FEED]);
}

async function concatenate(
  parts: readonly StagedPart[],
  compress: NodeJS.ReadWriteStream,
  target: string,
): Promise<void> {
  await pipeline(partBytes(parts), compress, createWriteStream(target));
}

/** Name of the file inside an archive: the object's, without the archive's extension. */
function objectFileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replace(/\.zip$/, '');
}
