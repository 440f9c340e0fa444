// What do the steps of each function cost? A program may take 1,000,000 of them on one input, which must be 100 ms at most:
// each row repeats one function on one kind of input until its steps are used up.
// Usage: node --import tsx --conditions=@store/source packages/jq/bench/steps.bench.ts [PART OF A NAME]
import { compileJq, JqError, jqLimits } from '../src/index.js';

/** Milliseconds that all steps of one input may take. */
const PROMISED = 100;
const rounds = 3;

const letters = 'Kaffee & "Tee" <süß> ';
const text = (length: number): string => letters.repeat(Math.ceil(length / letters.length)).slice(0, length);
const wide = (length: number): string => '€😀'.repeat(Math.ceil(length / 3)).slice(0, length - (length % 3));
const object = (keys: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Array.from({ length: keys }, (_, at) => [`key-${at}`, at]));

const lengths = [10, 1_000, 1_000_000];
const over = (name: string, program: string, input: (length: number) => unknown = text): Row[] =>
  lengths.map((length) => ({ name: `${name} of ${length}`, program, input: input(length) }));

interface Row {
  readonly name: string;
  /** Runs again and again. */
  readonly program: string;
  readonly input: unknown;
}

const pair = (length: number): unknown => ({ a: `${text(length)}a`, b: `${text(length)}b` });
const times = (length: number): unknown => Array.from({ length: length / 10 }, (_, at) => at * 86_399);

const rows: readonly Row[] = [
  ...['@uri', '@html', '@base64', '@json', '@text'].flatMap((name) => [
    ...over(name, name),
    ...over(`${name}, wide`, name, wide),
  ]),
  ...over('@csv', '[.]|@csv'),
  ...over('@tsv', '[.]|@tsv'),
  ...over('explode', 'explode'),
  ...over('explode, wide', 'explode', wide),
  ...over('explode|implode', 'explode|implode'),
  ...over('explode|implode, wide', 'explode|implode', wide),
  ...over('implode', 'implode', (length) => Array.from({ length: Math.min(length, 100_000) }, () => 233)),
  ...over('ascii_downcase', 'ascii_downcase'),
  ...over('ascii_upcase', 'ascii_upcase'),
  ...over('split', 'split(" ")'),
  ...over('split into characters', 'split("")', (length) => text(Math.min(length, 100_000))),
  ...over('startswith', '.a as $a|.a|startswith($a)', pair),
  ...over('ltrimstr', '.a as $a|.a|ltrimstr($a)', pair),
  ...over('==', '.a == .b', pair),
  ...over('<', '.a < .b', pair),
  ...over('== of lists', '. == (.|map(.))', (length) =>
    Array.from({ length: Math.min(length, 100_000) }, (_, at) => at),
  ),
  ...over('slice', '.[1:-1]'),
  ...over('slice, wide', '.[1:-1]', wide),
  ...over('slice of a list', '.[1:-1]', (length) =>
    Array.from({ length: Math.min(length, 300_000) }, (_, at) => at),
  ),
  ...over('fixed slice, wide', '.[3:900000]', wide),
  ...over('index', 'index("<x")'),
  ...over('indices', 'indices("<s")'),
  ...over('length, wide', 'length', wide),
  ...over('utf8bytelength', 'utf8bytelength', wide),
  ...over('test', 'test("x<$")'),
  ...over('capture, g', '[capture("(?<word>[a-z]+) "; "g")]'),
  ...over('match, g', '[match("[a-z]+"; "g")]'),
  ...over('scan', '[scan("[a-z]+")]'),
  ...over('splits', '[splits(" ")]'),
  ...over('gsub', 'gsub("e";"i")', (length) => text(Math.min(length, 30_000))),
  ...over('sub', 'sub("(?<a>T)";"\\(.a)t")'),
  ...over('tojson', 'tojson', (length) => [text(length)]),
  ...over('fromjson', 'tojson|fromjson', (length) => [text(length)]),
  ...over('tostring', 'tostring', (length) => object(length / 10)),
  ...over('to_entries', 'to_entries', (length) => object(length / 10)),
  ...over('from_entries', 'to_entries|from_entries', (length) => object(length / 10)),
  ...over('with_entries', 'with_entries(.)', (length) => object(length / 10)),
  ...over('keys', 'keys', (length) => object(length / 10)),
  ...over('add of texts', 'add', (length) => Array.from({ length: length / 10 }, () => 'ab')),
  ...over('join', 'join(",")', (length) => Array.from({ length: length / 10 }, () => 'ab')),
  ...over('flatten', 'flatten', (length) => Array.from({ length: length / 10 }, (_, at) => [at])),
  ...over('sort', 'sort', (length) => Array.from({ length: length / 10 }, (_, at) => (at * 7919) % 1009)),
  ...over('sort of texts', 'sort', (length) =>
    Array.from({ length: length / 10 }, (_, at) => `${(at * 7919) % 1009}`),
  ),
  ...over('group_by', 'group_by(.)', (length) =>
    Array.from({ length: length / 10 }, (_, at) => (at * 7919) % 1009),
  ),
  ...over('unique', 'unique', (length) => Array.from({ length: length / 10 }, (_, at) => (at * 7919) % 1009)),
  ...over('reverse', 'reverse', (length) => Array.from({ length: length / 10 }, (_, at) => at)),
  ...over('todate', 'map(todate)', times),
  ...over('fromdate', 'map(fromdate)', (length) =>
    Array.from({ length: length / 10 }, () => '2026-01-02T03:04:05Z'),
  ),
  ...over('strftime', 'map(strftime("%A %d %B %Y %j %U"))', times),
  ...over('strptime', 'map(strptime("%Y-%m-%d"))', (length) =>
    Array.from({ length: length / 10 }, () => '2026-01-02'),
  ),
  ...over('gmtime|mktime', 'map(gmtime|mktime)', times),
  ...over('tonumber', 'map(tonumber)', (length) =>
    Array.from({ length: length / 10 }, (_, at) => `${at}.5e3`),
  ),
  ...over('recurse', '[..]', (length) => object(length / 10)),
  ...over('an object made', '{a:.a,b:.b,c:.a}', () => ({ a: 1, b: 2 })),
  ...over('a text made', '"\\(.)-\\(.)"'),
  ...over('try', 'try error catch .', () => 'x'),
  ...over('alternative', '.x.y // 1', () => ({})),
  ...over('reduce', 'reduce .[] as $x (0; . + $x)', (length) =>
    Array.from({ length: length / 10 }, (_, at) => at),
  ),
  ...over('min_by', 'min_by(-.)', (length) => Array.from({ length: length / 10 }, (_, at) => at)),
  ...over('inside', '. as $a|inside($a)', (length) => text(length)),
  ...over('contains', '. as $a|contains($a)', (length) => [text(length)]),
];

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time of all steps, in milliseconds, and of the dearest of several runs. */
function measured({ program, input }: Row): number {
  const run = compileJq(`reduce range(1e12) as $i (.; . as $x | ${program} | $x)`);
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = cpuMs();
    try {
      run(input);
    } catch (error) {
      if (!(error instanceof JqError) || error.code !== 'LIMIT') throw error;
    }
    found.push(cpuMs() - before);
  }
  // The first one compiles; noise of the machine only adds.
  return Math.min(...found);
}

const [part = ''] = process.argv.slice(2);
let tooDear = 0;
const chosen = rows.filter(({ name }) => name.includes(part));
for (const row of chosen) {
  const ms = measured(row);
  if (ms > PROMISED) tooDear += 1;
  console.log(`${row.name.padEnd(36)} ${ms.toFixed(0).padStart(6)} ms for ${jqLimits.steps} steps`);
}
console.log(`${tooDear} of ${chosen.length} take more than ${PROMISED} ms`);
