import { isUtf8 } from 'node:buffer';
import { jsonLimits } from '@store/foundation';
import { IntakeError } from '../errors.js';
import { StrictDecoder } from '../text/strict-decoder.js';

/** The text of bytes, each of which is in it; or why they are none. */
export function decodedText(bytes: Buffer, encoding: string): string | IntakeError {
  const isPlain = /^(|utf-?8|us-ascii|ascii)$/.test(encoding);
  if (isPlain && isUtf8(bytes)) return bytes.toString('utf8');
  try {
    const decoder = new StrictDecoder(isPlain ? undefined : encoding);
    return decoder.push(bytes) + decoder.end();
  } catch (error) {
    if (error instanceof IntakeError) return error;
    throw error;
  }
}

/** The bytes of a text in base64, in either alphabet; `undefined` where a character of it would be dropped. */
export function base64Bytes(data: string): Buffer | undefined {
  const text = data.trim();
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Buffer.from(text, 'base64');
}

/** Whether a value is nested beyond the limit; it is walked level by level, without the stack. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > jsonLimits.maxDepth) return true;
    level = level.flatMap((item): unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
  return false;
}
