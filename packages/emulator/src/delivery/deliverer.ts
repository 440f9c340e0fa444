import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LakeFolder } from '../lake/lake-folder.js';
import type { ParquetWriter } from '../lake/parquet-writer.js';
import { compressor } from './compressor.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import { errorRecordLine } from './error-record.js';
import { objectNaming } from './object-name.js';
import type { DeliveryPlan } from './delivery-plan.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import type { StagedPart } from './staging-file.js';

/** Turns sealed buffers into objects. */
export class Deliverer {
  readonly #lake: LakeFolder;
  readonly #parquet: ParquetWriter;
  readonly #drafts: string;

  /** @param drafts - folder, on the lake's file system, for objects that are not finished */
  constructor(lake: LakeFolder, parquet: ParquetWriter, drafts: string) {
    this.#lake = lake;
    this.#parquet = parquet;
    this.#drafts = drafts;
  }

  /** Writes a buffer's object. Doing it again gives the same object under the same name. */
  async deliver(plan: DeliveryPlan, buffer: DeliveryBuffer, schema?: SchemaSnapshot): Promise<void> {
    const { state, staging } = buffer;
    const parts = staging.lend();
    try {
      if (state.kind === 'data' && plan.conversion !== undefined) {
        await this.#deliverParquet(plan, buffer, parts, schema);
      } else {
        const compression = state.kind === 'error' ? 'UNCOMPRESSED' : plan.compression;
        await this.#place(plan, state.id, state.objectKey, async (draft) => {
          await concatenate(parts, compressor(compression, objectFileName(state.objectKey)), draft);
        });
      }
    } finally {
      await staging.release();
    }
  }

  async #deliverParquet(
    plan: DeliveryPlan,
    { state }: DeliveryBuffer,
    parts: readonly StagedPart[],
    schema: SchemaSnapshot | undefined,
  ): Promise<void> {
    const columns = schema?.columns ?? [];
    const codec = plan.conversion?.codec ?? 'snappy';
    await this.#place(plan, state.id, state.objectKey, async (draft) => {
      const paths = parts.map(({ path }) => path);
      const sortColumns = schema?.sortColumns ?? [];
      const { longestLineBytes } = state;
      const unreadable = await this.#parquet.write({
        paths,
        columns,
        longestLineBytes,
        sortColumns,
        codec,
        target: draft,
      });
      if (unreadable.length > 0) await this.#deliverUnreadable(plan, state, unreadable, schema);
    });
  }

  /** What passed the checks and still cannot be written is reported, not lost, and does not hold up the rest. */
  async #deliverUnreadable(
    plan: DeliveryPlan,
    { id, openedAt }: DeliveryBuffer['state'],
    lines: readonly { readonly text: string; readonly message: string }[],
    schema: SchemaSnapshot | undefined,
  ): Promise<void> {
    const type = 'format-conversion-failed';
    const key = objectNaming(plan, { arrivalAt: openedAt, errorOutputType: type })(id);
    await this.#place(plan, id, key, async (draft) => {
      const records = lines.map(({ text, message }) =>
        errorRecordLine(
          {
            type,
            code: 'DataFormatConversion.MalformedData',
            message,
            rawData: Buffer.from(text),
            arrivalAt: openedAt,
            ...(schema === undefined ? {} : { schema }),
          },
          String(id),
        ),
      );
      const bytes = Buffer.concat(records.flatMap((line) => [line, Buffer.from('\n')]));
      await pipeline([bytes], createWriteStream(draft));
    });
  }

  async #place(
    plan: DeliveryPlan,
    bufferId: number,
    key: string,
    write: (draft: string) => Promise<void>,
  ): Promise<void> {
    const draft = join(this.#drafts, `${plan.streamId}-${bufferId}-${key.length}`);
    try {
      await write(draft);
      await this.#lake.place(draft, plan.bucket, key);
    } finally {
      await rm(draft, { force: true });
    }
  }
}

async function concatenate(
  parts: readonly StagedPart[],
  compress: NodeJS.ReadWriteStream,
  target: string,
): Promise<void> {
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const { path, bytes: length } of parts) {
      // A file stream gives buffers unless it is told an encoding.
      for await (const chunk of createReadStream(path, { end: length - 1 })) yield chunk as Buffer;
    }
  }
  await pipeline(bytes, compress, createWriteStream(target));
}

/** Name of the file inside an archive: the object's, without the archive's extension. */
function objectFileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).replace(/\.zip$/, '');
}
