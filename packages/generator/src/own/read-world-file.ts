import { checkOptions, jsonLimits, readJson } from '@store/foundation';
import { invalidOption, WorldError, wrong } from '../errors.js';
import { checkReferences } from './check-references.js';
import type { WorldFile } from './world-file.js';
import { worldFileRules } from './world-rules.js';

/**
 * Reads a world file, checks all of it, and returns it, for `createWorld` to be spread into. Each problem names the path of
 * its value: `stores[1].assortment[2]: no product 'oats'`.
 *
 * @example
 * ```ts
 * import { createWorld, readWorldFile } from '@store/generator';
 *
 * const file = readWorldFile('{ "worldFile": 1, "stores": [{ "store_id": "lx-1", "timeZone": "Europe/Lisbon" }] }');
 * const world = createWorld({ ...file, seed: 7, products: 20 });
 * console.log(world.stores[0]?.timeZone.name); // Europe/Lisbon
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function readWorldFile(text: string | Uint8Array): WorldFile {
  const file = parse(textOf(text));
  checkOptions(file, worldFileRules, invalidOption);
  const entries = Object.entries(file).filter(([name]) => name !== '$schema');
  // Checked as a whole: what the rules let pass is of this type.
  const world = Object.fromEntries(entries) as unknown as WorldFile;
  checkReferences(world);
  return world;
}

function textOf(given: unknown): string {
  if (typeof given === 'string') return given.replace(/^\ufeff/u, '');
  if (!ArrayBuffer.isView(given))
    throw new WorldError('INVALID_OPTION', 'text', given, 'text or bytes of a world file');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      new Uint8Array(given.buffer, given.byteOffset, given.byteLength),
    );
  } catch {
    throw new WorldError(
      'INVALID_OPTION',
      'text',
      given,
      'UTF-8',
      'The world file is not UTF-8; save it as UTF-8.',
    );
  }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function parse(text: string): object {
  const reading = readJson(text, { numbers: 'double' });
  if (!reading.ok) {
    const { code, message, offset } = reading.failure;
    if (code === 'DEPTH') {
      const limit = `objects and lists at most ${jsonLimits.maxDepth} within each other`;
      throw new WorldError('INVALID_OPTION', 'text', text, limit, `Expected a world file of ${limit}.`);
    }
    // The message may quote lines of the file.
    const reason = message.replaceAll(/\s+/g, ' ');
    const place = offset === undefined ? '' : `, in line ${lineAt(text, offset)}`;
    throw new WorldError(
      'INVALID_OPTION',
      'text',
      text,
      'JSON',
      `The world file is not JSON: ${reason}${place}`,
    );
  }
  const { value, duplicate } = reading;
  if (duplicate !== undefined) {
    const path = duplicate.path
      .map((step, n) => (typeof step === 'number' ? `[${step}]` : n === 0 ? step : `.${step}`))
      .join('');
    const line = lineAt(text, duplicate.offset);
    throw wrong(
      path,
      undefined,
      `appears twice in the file, again in line ${line}; each key may appear once.`,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new WorldError('INVALID_OPTION', 'text', value, 'a JSON object with "worldFile": 1');
}
