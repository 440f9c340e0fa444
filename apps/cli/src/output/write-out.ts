import { CliError, readerGone } from '../terminal/errors.js';
import type { Output } from '../terminal/terminal.js';

/** Writes a chunk and waits until it is written: a full disk is an error of what wrote. */
export async function writeOut(output: Output, chunk: string | Uint8Array): Promise<void> {
  if (!('writable' in output) || !output.writable) throw readerGone();
  await new Promise<void>((resolve, reject) => {
    const closed = (): void => {
      reject(readerGone());
    };
    output.once('close', closed);
    output.write(chunk, (error?: NodeJS.ErrnoException | null) => {
      output.off('close', closed);
      if (error === undefined || error === null) resolve();
      else reject(writeFailure(error));
    });
  });
}

/** Codes of a stream that nobody reads any more. */
const goneCodes: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** What the operating system's codes mean for an output that is a file or a device. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on device',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the device reports an error',
  EFBIG: 'the file would be larger than is allowed',
};

/** The error of a standard output that takes nothing more: quiet when its reader has gone. */
export function writeFailure(error: NodeJS.ErrnoException): CliError {
  const { code = '', message } = error;
  if (goneCodes.has(code)) return readerGone();
  return new CliError('CANNOT_WRITE', `Cannot write to standard output: ${reasons[code] ?? message}.`, {
    cause: error,
  });
}

/** One JSON document on standard output, for machines. 64-bit integers beyond JavaScript's become strings. */
export async function writeJson(output: Output, value: unknown): Promise<void> {
  await writeOut(output, `${jsonText(value, 2)}\n`);
}

/** JSON in which what a terminal would obey is escaped; to a parser it is the same document. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, jsonSafe, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Keeps what JSON has no form for: a bigint as a number where that is exact, otherwise as text. */
export function jsonSafe(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
