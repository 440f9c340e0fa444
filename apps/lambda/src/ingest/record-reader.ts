import { compileMapping, presets, toInventoryEvent, type Mapping, type PresetName } from '@store/intake';
import { HandlerError } from '../errors.js';
import { invalid } from '../environment.js';
import type { BeginRecords, Issue, ReadRecord } from './run-ingest.js';

/**
 * Returns the mapping that a setting names: a preset, several with commas between them, or a document as JSON.
 *
 * @throws HandlerError `INVALID_CONFIG`, with everything that is wrong with a document and its path
 */
export function mappingOf(setting: string): Mapping {
  const text = setting.trim();
  try {
    // A document has braces; a name has none.
    if (text.startsWith('{')) return compileMapping(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unknown';
    throw new HandlerError('INVALID_CONFIG', `The environment variable MAPPING: ${why}`, { cause });
  }
  return compileMapping(
    text.split(',').flatMap((part) => {
      const name = part.trim();
      if (isPreset(name)) return presets[name];
      throw invalid(
        'MAPPING',
        `to be a document, an s3:// address of one, or of ${Object.keys(presets).join(', ')}`,
      );
    }),
  );
}

const isPreset = (name: string): name is PresetName => Object.hasOwn(presets, name);

/** Returns what reads the records of a message: the mapping, or, without one, the forms that the project knows by itself. */
export function recordReader(mapping: Mapping | undefined): BeginRecords {
  if (mapping === undefined) return () => readKnown;
  return (asOfMs, shelves) => {
    const run = mapping.start({
      ...(asOfMs === undefined ? {} : { asOfMs }),
      ...(shelves === undefined ? {} : { shelves }),
    });
    return (record) => {
      const { events, rejected, skipped } = run.read(record);
      const issues = rejected.map(({ code, field, message }): Issue => ({
        code,
        path: field === undefined ? [] : [field],
        message,
      }));
      return { events, issues, skipped: skipped.length };
    };
  };
}

function readKnown(record: unknown): ReadRecord {
  const result = toInventoryEvent(record);
  return result.ok
    ? { events: [result.event], issues: [], skipped: 0 }
    : { events: [], issues: result.issues, skipped: 0 };
}
