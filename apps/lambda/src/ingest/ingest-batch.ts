/** Where an invocation's events come from. */
export type IngestSource = 'http' | 'sqs' | 'kinesis' | 'eventbridge' | 'direct';

/** What one invocation brings: messages, each with one event or several. */
export interface IngestBatch {
  readonly source: IngestSource;
  readonly messages: readonly IngestMessage[];
}

/** One message of the source. */
export interface IngestMessage {
  /** What the source calls it: a message id, a sequence number, a position. */
  readonly id: string;
  /** The records in it; undefined where it was not JSON. */
  readonly records: readonly unknown[] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Finds out what called: SQS, Kinesis, EventBridge, a Function URL or API Gateway (both versions), or somebody
 * with an array of events or one event.
 */
export function readIngestBatch(event: unknown): IngestBatch {
  if (!isFields(event)) return direct(event);
  if (Array.isArray(event.Records)) return fromRecords(event.Records.filter(isFields));
  if ('detail-type' in event) {
    return { source: 'eventbridge', messages: [{ id: text(event.id), records: recordsOf(event.detail) }] };
  }
  if (isFields(event.requestContext)) return { source: 'http', messages: [fromHttp(event)] };
  return direct('events' in event ? event.events : event);
}

const direct = (value: unknown): IngestBatch => ({
  source: 'direct',
  messages: [{ id: '0', records: recordsOf(value) }],
});

function fromRecords(records: readonly Fields[]): IngestBatch {
  if (records[0]?.eventSource === 'aws:kinesis') {
    return {
      source: 'kinesis',
      messages: records.map(({ kinesis }) =>
        isFields(kinesis)
          ? { id: text(kinesis.sequenceNumber), records: parse(decode(text(kinesis.data))) }
          : { id: '', records: undefined },
      ),
    };
  }
  return {
    source: 'sqs',
    messages: records.map(({ messageId, body }) => ({ id: text(messageId), records: parse(text(body)) })),
  };
}

function fromHttp(event: Fields): IngestMessage {
  const body = text(event.body);
  return { id: '0', records: parse(event.isBase64Encoded === true ? decode(body) : body) };
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

/** JSON of one event or of an array, or events one a line. */
function parse(body: string): readonly unknown[] | undefined {
  try {
    return recordsOf(JSON.parse(body));
  } catch {
    return parseLines(body);
  }
}

function parseLines(body: string): readonly unknown[] | undefined {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return undefined;
  try {
    return lines.map((line): unknown => JSON.parse(line));
  } catch {
    return undefined;
  }
}

const recordsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
