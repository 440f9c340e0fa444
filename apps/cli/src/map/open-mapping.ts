import {
  compileMapping,
  IntakeError,
  mappingLimits,
  presets,
  type Mapping,
  type MappingDocument,
} from '@store/intake';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isMissing } from '../local/folder.js';
import { CliError, didYouMean } from '../terminal/errors.js';

/** A mapping that a command was told to use. */
export interface OpenMapping {
  readonly mapping: Mapping;
  /** Its documents: several where a preset reads several forms of a source. The first says how the file is read. */
  readonly documents: readonly MappingDocument[];
}

/** Every name that `--map` knows: the presets, and the single forms of those that have several. */
export function mappingNames(): readonly string[] {
  const names = Object.entries(presets).flatMap(([name, documents]) => [
    name,
    ...documents.map((one) => one.name),
  ]);
  return [...new Set(names)].sort();
}

/** Returns the documents of a preset, or of one form of it; undefined for any other name. */
export function presetDocuments(name: string): readonly MappingDocument[] | undefined {
  const whole = Object.entries(presets).find(([one]) => one === name)?.[1];
  if (whole !== undefined) return whole;
  const form = Object.values(presets)
    .flat()
    .find((document) => document.name === name);
  return form === undefined ? undefined : [form];
}

/**
 * Opens the mapping that `--map` names: a preset, or a file with a document. A file is meant where no preset has the name.
 *
 * @throws CliError `USAGE` when there is neither, `BAD_MAPPING` with everything that is wrong with a document
 */
export async function openMapping(nameOrFile: string, cwd: string): Promise<OpenMapping> {
  const documents = presetDocuments(nameOrFile);
  if (documents !== undefined) return { mapping: compileMapping(documents), documents };
  const text = await readDocument(nameOrFile, cwd);
  try {
    const mapping = compileMapping(text);
    return { mapping, documents: mapping.document === undefined ? [] : [mapping.document] };
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    const problems = error.problems.map(({ path, message }) =>
      path === '' ? message : `${path}: ${message}`,
    );
    throw new CliError('BAD_MAPPING', `${nameOrFile} is no mapping. ${problems.join(' ')}`, {
      cause: error,
      fix: 'Correct the document; `store map show inventory` prints one that is right.',
      exitCode: 2,
    });
  }
}

async function readDocument(path: string, cwd: string): Promise<string> {
  let file;
  try {
    file = await open(resolve(cwd, path));
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new CliError(
      'USAGE',
      `There is no mapping and no file named ${path}.${didYouMean(path, mappingNames())}`,
      { cause: error, fix: '`store map list` prints the names; a file holds a document of its own.' },
    );
  }
  try {
    // A character takes at most four bytes; what is longer is cut, and refused by its length.
    const most = mappingLimits.documentChars * 4;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most + 4), 0, most + 4, 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CliError('BAD_MAPPING', `${path} is no mapping: it is not UTF-8.`, {
      cause: error,
      fix: 'Save it as UTF-8.',
      exitCode: 2,
    });
  } finally {
    await file.close();
  }
}
