import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.js';

/** One hostile record. `tag` is in its text where the kind of damage allows it. */
export interface HostileRecord {
  readonly kind: string;
  readonly tag: string;
  readonly bytes: Buffer;
}

/** Makes one hostile record of a kind that `chance` picks. The tag is unique; nothing that is not hostile has it. */
export function hostileRecord(chance: Chance, tag: string): HostileRecord {
  const kind = chance.pick(Object.keys(kinds));
  const make = kinds[kind];
  if (make === undefined) throw new Error(`No kind ${kind}`);
  const made = make(chance, tag);
  return { kind, tag, bytes: typeof made === 'string' ? Buffer.from(made) : made };
}

/** A good record: what it holds is what the table must hold. */
export function goodRecord(id: number): Buffer {
  return Buffer.from(`${JSON.stringify({ id, n: id, s: `good-${id}`, tag: 'good', p: `p${id % 3}` })}\n`);
}

/** Ids of hostile records; never one of a good record. */
const hostileId = 4_000_000_000;

function around(tag: string, inner: string): string {
  return `{"id":${hostileId},"tag":"${tag}","s":"hostile","p":"x"${inner === '' ? '' : `,${inner}`}}`;
}

const strangeNumbers = [
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775809',
  '123456789012345678901234567890123456789',
  '-0',
  '-0.0',
  '1e400',
  '-1e-400',
  '1E2',
  '0.1000000000000000055511151231257827',
  '01',
  '+1',
  '.5',
  '1.',
  '0x10',
  'Infinity',
  'NaN',
  '--1',
  '1e',
  '"12"',
  '"twelve"',
  'true',
  'null',
  '[]',
  '{}',
];

const strangeTexts = [
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"\\u001b[2J\\u009b31m"',
  '"\u2028\u2029"',
  '"😀👩‍👩‍👧‍👦"',
  '"\\x41"',
  '"\\u12"',
  '"\tb"',
  '"a\nb"',
  '"\u202eevil"',
  "'single'",
  '"=HYPERLINK(\\"http://example.com\\")"',
  '"${jndi:ldap://127.0.0.1}"',
  '"../../../etc/passwd"',
  '"\'; DROP TABLE t; --"',
];

const strangeKeys = [
  '__proto__',
  'constructor',
  'toString',
  'ID',
  'Id',
  '',
  'a.b',
  'p/q',
  '\\u0069d',
  'hasOwnProperty',
  ' id',
  '😀',
];

const strangePartitions = [
  'k'.repeat(260),
  'é'.repeat(200),
  'k'.repeat(1_100),
  '..',
  '.',
  '',
  ' ',
  'a/b',
  '/',
  '//',
  'a\\\\b',
  'con',
  'nul.txt',
  'trailing.',
  '%2F',
  '%',
  'A',
  'a',
  '*',
  '?x',
  "it's",
  '\\"',
  '\\u0000',
  '\\n',
  '😀',
  '=',
  'p=1',
  '__HIVE_DEFAULT_PARTITION__',
  '!{timestamp:yyyy}',
];

/** 10 to `most`, small ones more often. */
function depthOf(chance: Chance, most: number): number {
  return Math.round(10 ** (1 + chance.next() * (Math.log10(most) - 1)));
}

type Make = (chance: Chance, tag: string) => string | Buffer;

const kinds: Readonly<Record<string, Make>> = {
  'deep arrays': (chance, tag) => {
    const depth = depthOf(chance, 200_000);
    const key = chance.pick(['zz', 's', 'n', 'p', 'id2']);
    const closed = chance.next() < 0.8 ? depth : Math.floor(depth * chance.next());
    return around(tag, `"${key}":${'['.repeat(depth)}${']'.repeat(closed)}`);
  },
  'deep objects': (chance, tag) => {
    const depth = depthOf(chance, 100_000);
    const key = chance.pick(['zz', 's', 'n', 'p']);
    return around(tag, `"${key}":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  },
  'deep from the start': (chance, tag) => {
    const depth = depthOf(chance, 100_000);
    return `${'['.repeat(depth)}"${tag}"${']'.repeat(depth)}`;
  },
  wide: (chance, tag) => {
    const count = depthOf(chance, 20_000);
    return around(tag, Array.from({ length: count }, (_, index) => `"k${index}":${index}`).join(','));
  },
  'long text': (chance, tag) => around(tag, `"s2":"${'x'.repeat(depthOf(chance, 900_000))}"`),
  'strange number': (chance, tag) =>
    around(tag, `"${chance.pick(['n', 'id2', 's2'])}":${chance.pick(strangeNumbers)}`),
  'many digits': (chance, tag) =>
    around(
      tag,
      `"n":${'9'.repeat(1 + chance.below(60))}${chance.next() < 0.3 ? `e${chance.below(500)}` : ''}`,
    ),
  'strange number, unknown key beside it': (chance, tag) =>
    around(tag, `"n":${chance.pick(strangeNumbers)},"extra":true`),
  'strange text': (chance, tag) => `{"id":${hostileId},"tag":"${tag}","s":${chance.pick(strangeTexts)}}`,
  'invalid UTF-8': (chance, tag) =>
    Buffer.concat([
      Buffer.from(`{"id":${hostileId},"tag":"${tag}","s":"a`),
      Buffer.from(
        chance.pick([[0xff, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80]]),
      ),
      Buffer.from('"}'),
    ]),
  'doubled key': (chance, tag) =>
    around(
      tag,
      `"${chance.pick(['n', 'zz', 'n'])}":1,"q":{"a":1,"a":2},"${chance.pick(['n', 'zz', 'N'])}":2`,
    ),
  'strange key': (chance, tag) => around(tag, `"${chance.pick(strangeKeys)}":${chance.pick(strangeNumbers)}`),
  'strange partition': (chance, tag) =>
    `{"id":${hostileId},"tag":"${tag}","s":"hostile","p":"${chance.pick(strangePartitions)}"}`,
  'partition of another type': (chance, tag) =>
    `{"id":${hostileId},"tag":"${tag}","s":"hostile","p":${chance.pick(strangeNumbers)}}`,
  'line feeds inside': (chance, tag) =>
    chance.pick([
      `{"id":${hostileId},\n"tag":"${tag}","items":[\n{"id":2}\n,{"bad":tru}]}`,
      `{"id":${hostileId},"tag":"${tag}"\n,"s"\n:\n"x"}`,
      `{"id":${hostileId},"tag":"${tag}","s":"a\nb"}`,
    ]),
  'no borders': (chance, tag) =>
    chance.pick([
      `{"id":${hostileId},"tag":"${tag}"}{"id":tru}`,
      `{"id":${hostileId},"tag":"${tag}"}garbage`,
      `\ufeff{"id":${hostileId},"tag":"${tag}"}`,
      `{"id":${hostileId},"tag":"${tag}"}\r\n\r\n`,
      `,{"id":${hostileId},"tag":"${tag}"},`,
      `{"id":${hostileId},"tag":"${tag}"`,
      `"tag":"${tag}"}`,
    ]),
  'no object': (chance, tag) =>
    chance.pick([`"${tag}"`, `["${tag}"]`, `// ${tag}`, `<tag>${tag}</tag>`, tag, `[{"tag":"${tag}"}]`]),
  'pattern bait': (chance, tag) =>
    `{"id":${hostileId},"tag":"${tag}","s":"${chance
      .pick(['a', 'ab', ' ', '\\\\'])
      .repeat(1 + chance.below(2_000))}"}`,
  compressed: (chance, tag) =>
    gzipSync(chance.next() < 0.5 ? around(tag, '') : `${around(tag, '')}${' '.repeat(5_000_000)}`),
  'aggregated by another library': (chance, tag) =>
    Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), Buffer.from(tag), chance.bytes(40)]),
  noise: (chance, tag) =>
    Buffer.concat([chance.bytes(chance.below(200)), Buffer.from(tag), chance.bytes(20)]),
  'one byte changed': (chance, tag) => {
    const bytes = Buffer.from(around(tag, '"n":12,"zz":{"a":[1,2,{"b":null}]}'));
    const place = outsideOf(bytes, tag, chance);
    bytes[place] = chance.below(256);
    return bytes;
  },
  'one byte left out': (chance, tag) => {
    const bytes = Buffer.from(around(tag, '"n":12,"zz":{"a":[1,2,{"b":null}]}'));
    const place = outsideOf(bytes, tag, chance);
    return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]);
  },
};

/** A place outside of the member that holds the tag, by which the record is found again. */
function outsideOf(bytes: Buffer, tag: string, chance: Chance): number {
  const member = `"tag":"${tag}"`;
  const from = bytes.indexOf(member);
  for (;;) {
    const place = chance.below(bytes.length);
    if (place < from || place >= from + member.length) return place;
  }
}
