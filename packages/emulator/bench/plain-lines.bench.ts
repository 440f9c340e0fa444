/**
 * What does the typed check of a line cost, and its partition key, against JSON.parse, the deserializer and the jq
 * program itself? Same process, CPU time, interleaved rounds, medians. Exits 1 where the quick way is not
 * 2.5 times as fast.
 */
import { createDeserializer } from '@store/glue-schema';
import { PlainKeys } from '../src/delivery/plain-records.js';
import { plainLinePattern } from '../src/delivery/plain-line-pattern.js';
import { PlainLines } from '../src/delivery/plain-lines.js';
import { compileJq, fieldsRead } from '@store/jq';
import { eventColumns, eventText } from './inventory-load.js';

const FLOOR = 2.5;
const EVENTS = 200_000;
const LINES = 400;
const text =
  '{datehour:(.event_time|if test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}") then .[0:10]+"-"+.[11:13] else error("no time") end)}';
const program = compileJq(text);
const query = {
  budget: { steps: Infinity },
  text,
  fields: fieldsRead(text) ?? [],
  run: (document: unknown) => program(document),
};
const records = Array.from({ length: EVENTS / LINES }, (_, record) =>
  Buffer.from(
    Array.from({ length: LINES }, (_, line) => `${eventText(record * LINES + line, 400_000)}\n`).join(''),
  ),
);

function plain(): void {
  const pattern = plainLinePattern(eventColumns, ['event_time']);
  if (pattern === undefined) throw new Error('The columns have a plain form.');
  const lines = new PlainLines(pattern, 500);
  const keys = new PlainKeys(query, pattern.captured);
  for (const record of records) {
    lines.open(record, 0);
    if (lines.read(0, record.length) !== LINES) throw new Error('The lines are plain.');
    for (let line = 0; line < LINES; line += 1) keys.of(lines.captures[line] ?? [], 0);
    lines.close();
  }
}

function parsed(): void {
  const deserializer = createDeserializer(eventColumns);
  for (const record of records) {
    for (let at = 0; at < record.length;) {
      const end = record.indexOf(0x0a, at);
      const document: unknown = JSON.parse(record.toString('utf8', at, end));
      program(document);
      if (deserializer.convert(document).kind !== 'unchanged') throw new Error('The line fits.');
      at = end + 1;
    }
  }
}

const ways = { plain, parsed };
const times: Record<keyof typeof ways, number[]> = { plain: [], parsed: [] };
for (let round = 0; round < 7; round += 1) {
  for (const name of ['plain', 'parsed'] as const) {
    const before = process.cpuUsage();
    ways[name]();
    const { user, system } = process.cpuUsage(before);
    times[name].push((user + system) / EVENTS);
  }
}
const median = (name: keyof typeof ways): number => times[name].sort((a, b) => a - b)[3] ?? 0;
const ratio = median('parsed') / median('plain');
console.log('| way | µs of CPU an event |');
console.log('|---|---|');
console.log(`| pattern, and the query where its answer may change | ${median('plain').toFixed(2)} |`);
console.log(`| JSON.parse, deserializer, query | ${median('parsed').toFixed(2)} |`);
console.log(`\n${ratio.toFixed(1)} times as fast; at least ${FLOOR} wanted.`);
process.exit(ratio < FLOOR ? 1 : 0);
