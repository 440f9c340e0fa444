import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import { expect, test } from 'vitest';
import {
  compileMapping,
  presets,
  readMapping,
  RecordSource,
  type MappedRecord,
  type MappingDocument,
  type MappingRun,
  type PresetName,
} from '../src/index.js';

const folder = new URL('../samples/', import.meta.url);
const samples = readdirSync(folder).filter((file) => !file.endsWith('.expected.json'));
// The names of presets are the keys of the table.
const names = Object.keys(presets) as PresetName[];

/** When the files of counts were written. */
const asOfMs = Date.parse('2026-03-02T06:00:00Z');

/** The preset that a sample is for: its name, or what its name begins with. */
function presetOf(file: string): PresetName {
  const name = names.filter((one) => file.startsWith(one)).sort((a, b) => b.length - a.length)[0];
  if (name === undefined) throw new Error(`No preset reads ${file}.`);
  return name;
}

/** What the preset makes of a file: for each record its line, and what became of it. */
function readSample(file: string): unknown[] {
  const forms: readonly MappingDocument[] = presets[presetOf(file)];
  const mapping = compileMapping(forms);
  const { encoding, delimiter, skip } = forms[0] ?? {};
  const { ext } = parse(file);
  const format = ext === '.json' ? 'json' : ext === '.ndjson' ? 'ndjson' : 'csv';
  let columns: readonly string[] | undefined;
  const source = new RecordSource({
    format,
    encoding,
    delimiter,
    skip,
    onHeader: (header) => {
      columns = header;
      return (fields) => Object.fromEntries(header.map((name, index) => [name, fields[index]]));
    },
  });
  const items = [...source.push(readFileSync(new URL(file, folder))), ...source.end()];
  const run: MappingRun = mapping.start({ asOfMs, ...(columns === undefined ? {} : { columns }) });
  return items.map(({ line, value }) => ({ line, ...shortened(run.read(value, line)) }));
}

/** Leaves out what is nothing, so that a person can read the file of what is expected. */
function shortened({ events, rejected, skipped }: MappedRecord): object {
  return {
    ...(events.length === 0 ? {} : { events: events.map(withoutUnknown) }),
    ...(rejected.length === 0 ? {} : { rejected }),
    ...(skipped.length === 0 ? {} : { skipped }),
  };
}

function withoutUnknown({ location, ...event }: MappedRecord['events'][number]): object {
  const known = (value: object): object =>
    Object.fromEntries(
      Object.entries(value).filter(([, one]) => !['unknown', 0, 'ZZ', false].includes(one as never)),
    );
  return {
    ...known(event),
    ...(Object.keys(known(location)).length === 0 ? {} : { location: known(location) }),
  };
}

test('every preset is a document as anybody could write it, and has a sample', () => {
  for (const name of names) {
    for (const document of presets[name]) expect(readMapping(JSON.stringify(document))).toEqual(document);
    expect(samples.map(presetOf)).toContain(name);
  }
});

test.each(samples)('%s becomes what is written beside it', async (file) => {
  await expect(`${JSON.stringify(readSample(file), null, 2)}\n`).toMatchFileSnapshot(
    `../samples/${parse(file).name}.expected.json`,
  );
});

test.each(samples)('%s sent twice gives the same ids', (file) => {
  const ids = (): unknown => JSON.stringify(readSample(file)).match(/"event_id":"[^"]*"/g);
  expect(ids()).toEqual(ids());
});
