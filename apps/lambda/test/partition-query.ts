import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { compileJq } from '@store/jq';
import { eventDayPartitioning } from '@store/schema';
import fc from 'fast-check';

/** Whether the jq of this machine is the version that Firehose runs. */
export function hasJq16(): boolean {
  const { error, stdout } = spawnSync('jq', ['--version'], { encoding: 'utf8' });
  return error === undefined && stdout.startsWith('jq-1.6');
}

/** What the partition key of a record must be, written a third time; undefined where the record must fail. */
export function partitionKeyOf(record: unknown, key: 'datehour' | 'date'): string | undefined {
  const time =
    typeof record === 'object' && record !== null && 'event_time' in record ? record.event_time : undefined;
  if (typeof time !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(time)) return undefined;
  return key === 'date' ? time.slice(0, 10) : `${time.slice(0, 10)}-${time.slice(11, 13)}`;
}

const anyTime = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .date({ noInvalidDate: true, min: new Date('1970-01-01'), max: new Date('2999-12-31') })
      .map((d) => d.toISOString()),
  },
  { weight: 2, arbitrary: fc.stringMatching(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}.{0,6}$/) },
  fc.constantFrom(
    '../../etc',
    '2026-01-05',
    '2026-01-05T08:00',
    '٢٠٢٦-01-05T08:00:00Z',
    '\n2026-01-05T08:00:00Z',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant({}),
    fc.array(fc.integer(), { maxLength: 3 }),
  ),
);

/** Records whose times are right, nearly right and wrong. */
export const records: fc.Arbitrary<object> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ event_time: anyTime, store_id: fc.string({ maxLength: 8 }) }) },
  fc.record({ store_id: fc.string({ maxLength: 8 }) }),
);

/** Records on which the three do not agree; none, if all is well. `query` is the synthesized one. */
export function disagreements(query: string, sample: readonly object[]): readonly object[] {
  const key = query.startsWith('{datehour:') ? 'datehour' : 'date';
  const program = compileJq(query);
  const ours = sample.map((record) => {
    try {
      return JSON.stringify(program(JSON.parse(JSON.stringify(record)))[0]);
    } catch {
      return '"error"';
    }
  });
  const { stdout, status, stderr } = spawnSync('jq', ['-c', `try (${query}) catch "error"`], {
    input: sample.map((record) => JSON.stringify(record)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`jq: ${stderr}`);
  const theirs = stdout.trimEnd().split('\n');
  return sample.filter((record, at) => {
    const value = partitionKeyOf(record, key);
    const third = value === undefined ? '"error"' : JSON.stringify({ [key]: value });
    return theirs[at] !== ours[at] || ours[at] !== third;
  });
}

/** The query that the synthesized stack gives to Firehose, read back from its template, and the other layout's. */
export const partitionQueries: readonly string[] = [synthesizedQuery(), eventDayPartitioning.query];

function synthesizedQuery(): string {
  // A test holds this file to the synthesized stack.
  const file = new URL('../infra/generated/store.template.json', import.meta.url);
  const pattern = /"ParameterName": "MetadataExtractionQuery",\s*"ParameterValue": ("(?:[^"\\]|\\.)*")/;
  const text = pattern.exec(readFileSync(file, 'utf8'))?.[1];
  if (text === undefined) throw new Error('Expected the template to hold a partition query.');
  return String(JSON.parse(text));
}
