import { createHash } from 'node:crypto';
import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib';
import fc from 'fast-check';
import { stringifyJson } from '@store/foundation';
import { rawOf, unwrap, type EnvelopePart, type RawPart } from '../src/index.js';

/** What is generated: plain choices, so that a failure shrinks to the smallest envelope. */
interface Plan {
  readonly transport: Transport;
  readonly messages: readonly MessagePlan[];
}

interface MessagePlan {
  readonly records: readonly RecordPlan[];
  readonly layout: 'lines' | 'array' | 'joined' | 'bom';
  readonly wraps: readonly ('sns' | 'sqs' | 'eventbridge' | 'door' | 'gzip' | 'zlib' | 'kpl')[];
  readonly damage: readonly { readonly at: number; readonly byte: number }[];
}

type RecordPlan = 'good' | 'text' | 'unclosed' | 'deep' | 'twice' | 'number' | 'wide';

const transports = [
  'sqs',
  'sns',
  'kinesis',
  'kafka',
  'activemq',
  'rabbitmq',
  'firehose',
  'logs',
  'pipe-sqs',
  'pipe-kinesis',
  'pipe-kafka',
  'http-gzip',
  'http-br',
  'http-base64',
] as const;
type Transport = (typeof transports)[number];

/** Envelopes of all kinds, nested, compressed, aggregated, and some with damaged bytes. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  transport: fc.constantFrom(...transports),
  messages: fc.array(
    fc.record({
      records: fc.array(
        fc.constantFrom<RecordPlan[]>(
          'good',
          'good',
          'good',
          'text',
          'unclosed',
          'deep',
          'twice',
          'number',
          'wide',
        ),
        { minLength: 1, maxLength: 6 },
      ),
      layout: fc.constantFrom('lines', 'array', 'joined', 'bom'),
      wraps: fc.array(fc.constantFrom('sns', 'sqs', 'eventbridge', 'door', 'gzip', 'zlib', 'kpl'), {
        maxLength: 4,
      }),
      damage: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        {
          weight: 1,
          arbitrary: fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 }),
        },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** What became of the bytes of an envelope. */
export interface Account {
  readonly bytes: number;
  readonly records: number;
  readonly refused: number;
  /** Payloads of which some byte is nowhere. */
  readonly lost: readonly string[];
}

/** Builds the envelope of a plan, unwraps it, and looks for every byte that went in. */
export function accountFor(plan: Plan): Account {
  // A request is one message.
  const given = plan.transport.startsWith('http') ? plan.messages.slice(0, 1) : plan.messages;
  const payloads = given.map(payloadOf);
  const { messages } = unwrap(
    eventOf(
      plan.transport,
      payloads.map(({ bytes }) => bytes),
    ),
  );
  const lost: string[] = [];
  const parts = messages.flatMap((message) => message.parts);
  for (const [index, payload] of payloads.entries()) {
    // Logs are one message of many; HTTP is one of one.
    const [only] = messages;
    const own =
      plan.transport === 'logs'
        ? (only?.parts.filter(({ place }) => place.startsWith(`logs[0]/logs[${index}]`)) ?? [])
        : (messages[index]?.parts ?? []);
    if (!isAccounted(sentOf(plan.transport, payload.bytes), own) || !isExact(payload, own)) {
      lost.push(`${plan.transport} ${index}: ${payload.bytes.toString('latin1').slice(0, 200)}`);
    }
  }
  const count = (kind: EnvelopePart['kind']): number => parts.filter((part) => part.kind === kind).length;
  const bytes = payloads.reduce((sum, payload) => sum + payload.bytes.length, 0);
  return { bytes, records: count('record'), refused: count('refused'), lost };
}

interface Payload {
  readonly bytes: Buffer;
  /** The text of each record in it; `undefined` where bytes were damaged. */
  readonly texts: readonly string[] | undefined;
}

let serial = 0;

function payloadOf(plan: MessagePlan): Payload {
  const texts = plan.records.map(recordOf);
  const layouts = { lines: texts.join('\n'), array: `[${texts.join(',')}]`, joined: texts.join(''), bom: '' };
  // Where brackets or lines end within a bad record, the layout decides what belongs to it.
  const isPlain = plan.records.every((kind) => kind !== 'text' && kind !== 'unclosed');
  const layout = isPlain ? plan.layout : 'lines';
  const body = layout === 'bom' ? `\ufeff${texts.join('\r\n')}` : layouts[layout];
  let bytes: Buffer = Buffer.from(body);
  for (const wrap of plan.wraps) bytes = wrapped(bytes, wrap);
  for (const { at, byte } of plan.damage) bytes[at % bytes.length] = byte;
  return { bytes, texts: plan.damage.length > 0 || !isPlain ? undefined : texts };
}

function recordOf(kind: RecordPlan): string {
  const id = `t${++serial}x`;
  switch (kind) {
    case 'good':
      return `{"id":"${id}","stock":7}`;
    case 'text':
      return `Hello, ${id}: no record.`;
    case 'unclosed':
      return `{"id":"${id}","stock":`;
    case 'deep':
      return `{"id":"${id}","deep":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    case 'twice':
      return `{"id":"${id}","id":"${id}y"}`;
    case 'number':
      return `{"id":"${id}","n":12345678901234567890.50}`;
    case 'wide':
      return `{"id":"${id}","name":"Crème \\u0000 \\"[{ ${'ä'.repeat(300)}"}`;
  }
}

function wrapped(bytes: Buffer, wrap: MessagePlan['wraps'][number]): Buffer {
  const text = bytes.toString('utf8');
  // Only a text can be in JSON.
  const isText = Buffer.from(text).equals(bytes);
  if (wrap === 'gzip') return gzipSync(bytes);
  if (wrap === 'zlib') return deflateSync(bytes);
  if (wrap === 'kpl') return aggregate([bytes]);
  if (!isText) return Buffer.from(JSON.stringify({ door: 1, sender: 'x', base64: bytes.toString('base64') }));
  const envelopes = {
    sns: { Type: 'Notification', TopicArn: 'arn:aws:sns:x', MessageId: 'n', Message: text },
    sqs: { Records: [{ eventSource: 'aws:sqs', messageId: 'inner', body: text }] },
    eventbridge: {
      'detail-type': 'Stock',
      source: 'till',
      id: 'e',
      detail: { Type: 'Notification', TopicArn: 't', MessageId: 'n', Message: text },
    },
    door: { door: 1, sender: 'generic', contentType: 'application/json', text },
  };
  return Buffer.from(JSON.stringify(envelopes[wrap]));
}

/** A KPL aggregate of some records: magic, protobuf, MD5. */
export function aggregate(records: readonly Buffer[]): Buffer {
  const field = (number: number, bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from([number * 8 + 2]), varint(bytes.length), bytes]);
  const body = Buffer.concat([
    field(1, Buffer.from('key')),
    ...records.map((data) => field(3, Buffer.concat([Buffer.from([8, 0]), field(3, data)]))),
  ]);
  const digest = createHash('md5').update(body).digest();
  return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), body, digest]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) | 128);
  }
}

/** A payload as it travels. */
function sentOf(transport: Transport, bytes: Buffer): Buffer {
  if (transport === 'http-gzip') return gzipSync(bytes);
  return transport === 'http-br' ? brotliCompressSync(bytes) : bytes;
}

function eventOf(transport: Transport, payloads: readonly Buffer[]): unknown {
  const base64 = payloads.map((bytes) => bytes.toString('base64'));
  // Where only text travels, bytes go in a document that says so.
  const text = payloads.map((bytes) => (isUtf8(bytes) ? bytes.toString('utf8') : doorText(bytes)));
  const [first = ''] = base64;
  switch (transport) {
    case 'sqs':
      return { Records: text.map((body, n) => ({ eventSource: 'aws:sqs', messageId: `m${n}`, body })) };
    case 'sns':
      return {
        Records: text.map((Message) => ({ EventSource: 'aws:sns', Sns: { MessageId: 'n', Message } })),
      };
    case 'kinesis':
      return {
        Records: base64.map((data, n) => ({
          eventSource: 'aws:kinesis',
          kinesis: { sequenceNumber: String(n), data },
        })),
      };
    case 'kafka':
      return {
        eventSource: 'aws:kafka',
        records: {
          'stock-0': base64.map((value, offset) => ({ topic: 'stock', partition: 0, offset, value })),
        },
      };
    case 'activemq':
      return { eventSource: 'aws:mq', messages: base64.map((data) => ({ messageID: 'i', data })) };
    case 'rabbitmq':
      return {
        eventSource: 'aws:rmq',
        rmqMessagesByQueue: {
          'q::/': base64.map((data) => ({ basicProperties: { contentType: null }, data })),
        },
      };
    case 'firehose':
      return {
        invocationId: 'i',
        deliveryStreamArn: 'arn',
        records: base64.map((data, n) => ({ recordId: String(n), data })),
      };
    case 'logs': {
      const logEvents = text.map((message, n) => ({ id: String(n), message }));
      const data = gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents })).toString('base64');
      return { awslogs: { data } };
    }
    case 'pipe-sqs':
      return text.map((body, n) => ({ eventSource: 'aws:sqs', messageId: `m${n}`, body }));
    case 'pipe-kinesis':
      return base64.map((data, n) => ({ eventSource: 'aws:kinesis', eventID: `shard:${n}`, data }));
    case 'pipe-kafka':
      return base64.map((value, offset) => ({ eventSource: 'SelfManagedKafka', offset, value }));
    case 'http-gzip':
      return httpEvent(sentOf(transport, payloads[0] ?? Buffer.alloc(0)), 'gzip');
    case 'http-br':
      return httpEvent(sentOf(transport, payloads[0] ?? Buffer.alloc(0)), 'br');
    case 'http-base64':
      return { requestContext: {}, isBase64Encoded: true, body: first };
  }
}

const isUtf8 = (bytes: Buffer): boolean => Buffer.from(bytes.toString('utf8')).equals(bytes);
const doorText = (bytes: Buffer): string =>
  JSON.stringify({ door: 1, sender: 'x', base64: bytes.toString('base64') });
const httpEvent = (bytes: Buffer, coding: string): object => ({
  requestContext: { http: { method: 'POST' } },
  headers: { 'Content-Encoding': coding, 'content-type': 'application/json' },
  isBase64Encoded: true,
  body: bytes.toString('base64'),
});

const bytesOf = (raw: RawPart): Buffer =>
  'text' in raw ? Buffer.from(raw.text) : Buffer.from(raw.base64, 'base64');

/** What of a text is in no record: white space, and the brackets and commas of arrays. */
const bare = (text: string): string => text.replaceAll(/[\s,[\]\ufeff]/g, '');

/** True where every byte of a payload is in the parts: whole, record by record, or one level further inside. */
function isAccounted(payload: Buffer, parts: readonly EnvelopePart[]): boolean {
  if (parts.some((part) => part.kind === 'refused' && bytesOf(rawOf(part)).equals(payload))) return true;
  const raws = parts.map((part) => bytesOf(rawOf(part)).toString('utf8'));
  // Each row has its header with it.
  const isRows = parts.length > 0 && parts.every(({ place }) => place.includes('/row['));
  const header = raws[0]?.split('\n', 1)[0] ?? '';
  const text = isRows
    ? header + raws.map((raw) => (raw.startsWith(header) ? raw.slice(header.length) : raw)).join('')
    : raws.join('');
  if (bare(text) === bare(payload.toString('utf8'))) return true;
  const inner = innerOf(payload);
  if (inner !== undefined && isAccounted(inner, parts)) return true;
  // Damage may close a document early: a part of it is then taken further apart than what follows. Its records are all there.
  const ids = payload.toString('utf8').match(/t\d+x.{0,30}/g) ?? [];
  const parted = parts.length > 1 && parts.some(({ place }) => place.includes('record['));
  return parted && ids.every((id) => text.includes(/^t\d+x\w*/.exec(id)?.[0] ?? id));
}

/** The payload within a payload, as its wrapper says. */
function innerOf(payload: Buffer): Buffer | undefined {
  for (const open of [gunzipSync, inflateSync, brotliDecompressSync]) {
    try {
      return open(payload);
    } catch {
      // Not in this form; a payload in none of them ends the search.
    }
  }
  if (payload[0] === 0xf3) {
    // The one record of an aggregate as it is made here: it is behind its length, before the checksum.
    for (let start = 5; start < payload.length - 16; start++) {
      const data = payload.subarray(start, payload.length - 16);
      if (aggregate([data]).equals(payload)) return data;
    }
  }
  try {
    const value = JSON.parse(payload.toString('utf8')) as Readonly<Record<string, unknown>>;
    const { Message, text, base64, Records, detail } = value;
    if (typeof Message === 'string') return Buffer.from(Message);
    if (typeof text === 'string') return Buffer.from(text);
    // Damaged, it stays the text that it is.
    if (typeof base64 === 'string') {
      return /^[\w+/-]+=*$/.test(base64) ? Buffer.from(base64, 'base64') : Buffer.from(base64);
    }
    if (Array.isArray(Records)) {
      const [only] = Records as readonly { readonly body?: string }[];
      return Buffer.from(only?.body ?? JSON.stringify(only));
    }
    if (typeof detail === 'object') return Buffer.from(stringifyJson(detail));
  } catch {
    return undefined;
  }
  return undefined;
}

/** Bounds that wrappers within each other may reach. */
const beyond: ReadonlySet<string> = new Set(['TOO_LARGE', 'TOO_NESTED']);

/** Undamaged, each record comes out by itself, as it went in; except wrappers beyond the bounds. */
function isExact({ texts }: Payload, parts: readonly EnvelopePart[]): boolean {
  if (texts === undefined) return true;
  if (parts.some((part) => part.kind === 'refused' && beyond.has(part.code))) return true;
  const found = parts.map((part) => bytesOf(rawOf(part)).toString('utf8').trim());
  return found.length === texts.length && texts.every((text, index) => found[index] === text);
}
