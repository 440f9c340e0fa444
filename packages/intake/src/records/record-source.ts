import { callback, checkOptions, oneOf, required, text, wholeNumber } from '@store/foundation';
import { IntakeError } from '../errors.js';
import type { EncodingName } from '../text/encodings.js';
import { StrictDecoder } from '../text/strict-decoder.js';
import { CsvReader } from './csv-reader.js';
import type { RowValue } from './headers.js';
import type { JsonTextReader } from './json-item.js';
import { JsonReader } from './json-reader.js';
import { NdjsonReader } from './ndjson-reader.js';
import { cutItem, recordLimits, tooLong, type RecordReader, type SourceItem } from './source-item.js';

/** Forms of text that records come in. `json` is an array, or documents one after another. */
export type TextFormat = 'csv' | 'json' | 'ndjson';

/** How the bytes of a source are read. */
export interface RecordSourceOptions {
  /** Form of the text. */
  readonly format: TextFormat;
  /** Name of an encoding. @defaultValue what the bytes say: a byte order mark, UTF-16 by its zeros, else UTF-8 */
  readonly encoding?: string | undefined;
  /** Of CSV: one character, or `tab`. @defaultValue that of a line `sep=;`, else the one that the header has most often */
  readonly delimiter?: string | undefined;
  /** Of CSV: lines above the header. @defaultValue 0 */
  readonly skip?: number | undefined;
  /**
   * Of CSV: looks at the header once, and returns how the fields of a row become its value. It throws where it misses a
   * column.
   *
   * @defaultValue an object of text by the names of the header
   */
  readonly onHeader?: ((names: readonly string[], line: number) => RowValue | undefined) | undefined;
  /**
   * What becomes of a record that is too long: `keep`, all of it, in parts that follow each other; `cut`, its beginning, where
   * the source can be read again.
   * @defaultValue 'keep'
   */
  readonly longRecords?: 'keep' | 'cut' | undefined;
  /** Of JSON: reads one text. @defaultValue `readJson` of `@store/foundation`, with every digit of a number */
  readonly readText?: JsonTextReader | undefined;
}

/** What became of the bytes of a source. */
export interface SourceAccount {
  /** Bytes that were handed in. */
  readonly bytes: number;
  /** Characters of them, without a byte order mark. */
  readonly chars: number;
  /** Characters in records, read or refused. */
  readonly recordChars: number;
  /** Characters between records: header, lines above it, empty lines, brackets and commas. */
  readonly layoutChars: number;
}

/**
 * Makes records of the bytes of a file or a message, which may come in pieces of any length. Each character is in one
 * record or between two; what cannot be made a record of is an item with a `problem`. A source whose text or header is
 * wrong as a whole is an {@link IntakeError}.
 *
 * @example
 * ```ts
 * import { RecordSource } from '@store/intake';
 *
 * const source = new RecordSource({ format: 'csv' });
 * const items = [...source.push(Buffer.from('shop;stock\nA;3\nB\n')), ...source.end()];
 * for (const { line, value, problem } of items) console.log(line, value ?? problem?.code);
 * // 2 { shop: 'A', stock: '3' }
 * // 3 FIELD_COUNT
 * ```
 */
export class RecordSource {
  readonly #decoder: StrictDecoder;
  readonly #reader: RecordReader;
  readonly #csv: CsvReader | undefined;
  #bytes = 0;
  #chars = 0;
  #recordChars = 0;
  readonly #cuts: boolean;

  constructor(options: RecordSourceOptions) {
    checkOptions(
      options,
      {
        format: required(oneOf('csv', 'json', 'ndjson')),
        encoding: text('the name of an encoding'),
        delimiter: text('one character, or tab'),
        skip: wholeNumber(0, recordLimits.skippedLines),
        onHeader: callback(),
        readText: callback(),
        longRecords: oneOf('keep', 'cut'),
      },
      ({ message, path }) => new IntakeError('INVALID_OPTION', message, [{ path, message }]),
    );
    this.#cuts = options.longRecords === 'cut';
    this.#decoder = new StrictDecoder(options.encoding);
    this.#csv = options.format === 'csv' ? new CsvReader(options) : undefined;
    this.#reader =
      this.#csv ??
      (options.format === 'json' ? new JsonReader(options.readText) : new NdjsonReader(options.readText));
  }

  /** The encoding that is read; undefined before the first 4 KiB. */
  get encoding(): EncodingName | undefined {
    return this.#decoder.encoding;
  }

  /** The names of the header, once it was read; undefined for JSON. */
  get header(): readonly string[] | undefined {
    return this.#csv?.header;
  }

  /** What is between fields, once the header was read; undefined for JSON. */
  get delimiter(): string | undefined {
    return this.#csv?.delimiter;
  }

  /** Returns the records that end in these bytes. */
  push(bytes: Uint8Array): readonly SourceItem[] {
    this.#bytes += bytes.length;
    return this.#counted(this.#decoder.push(bytes), false);
  }

  /** Returns what is left when no more bytes come. */
  end(): readonly SourceItem[] {
    const items = this.#counted(this.#decoder.end(), true);
    const { chars, recordChars, layoutChars } = this.account();
    if (recordChars + layoutChars === chars) return items;
    throw new IntakeError(
      'UNACCOUNTED',
      `Of ${chars} characters, ${recordChars} are in records and ${layoutChars} between them: some are lost. Please report this.`,
    );
  }

  /**
   * Returns what is held where the bytes that `push` refused are the end, as of a pipe that cannot be read again: the record that
   * had begun, which is none, and bytes of a character that had.
   */
  abandon(): { readonly items: readonly SourceItem[]; readonly bytes: Uint8Array } {
    const message = 'What follows is no text, so that the end of this record is not known.';
    const items = this.#reader.end().map(({ line, raw, problem }) => ({
      line,
      raw,
      problem: problem ?? { code: 'RECORD_CUT', message },
    }));
    return { items, bytes: this.#decoder.pending };
  }

  /** Returns what became of the bytes so far. */
  account(): SourceAccount {
    return {
      bytes: this.#bytes,
      chars: this.#chars,
      recordChars: this.#recordChars,
      layoutChars: this.#reader.layoutChars,
    };
  }

  #counted(piece: string, isLast: boolean): readonly SourceItem[] {
    this.#chars += piece.length;
    const items = piece === '' ? [] : this.#reader.push(piece);
    const all = isLast ? [...items, ...this.#reader.end()] : items;
    for (const { raw } of all) this.#recordChars += raw.length;
    if (!this.#cuts || !all.some(isTooLong)) return all;
    return all
      .filter((item) => item.continues !== true)
      .map((item) => (isTooLong(item) ? cutItem(item) : item));
  }
}

const isTooLong = ({ problem }: SourceItem): boolean => problem?.code === tooLong.code;
