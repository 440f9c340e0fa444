import { isUtf8 } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { systemClock, type Clock } from '@store/foundation';
import { headerOf } from '@store/intake';
import { queueJson, sendMessages } from '@store/restock';
import type { Context } from 'aws-lambda';
import { secretReader, type SecretReader } from '../aws/secret-reader.js';
import { invalid, optionalText, requiredText, type Environment } from '../environment.js';
import { sqsClient } from '../requests.js';
import { openTelemetry } from '../telemetry.js';
import { isSigned, senderOf, type Sender, type SignedRequest } from './webhook-signature.js';

/** What the door answers. A refusal says nothing of why. */
export interface DoorAnswer {
  readonly statusCode: 202 | 401 | 413 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Bytes of a message: what every SQS takes (256 KiB until 2025, now 1 MiB). */
export const doorLimits: Readonly<{ messageBytes: number }> = Object.freeze({ messageBytes: 262_144 });

/** The setting that holds each sender's secret, or where it is. */
const settings: Readonly<Record<Sender, string>> = {
  shopify: 'SHOPIFY_WEBHOOK_SECRET',
  woocommerce: 'WOOCOMMERCE_WEBHOOK_SECRET',
  square: 'SQUARE_WEBHOOK_SECRET',
  generic: 'GENERIC_WEBHOOK_SECRET',
};

/**
 * The `door` function: webhooks of systems that cannot sign as AWS wants it. A request whose signature holds goes as it came to
 * the queue that `ingest` reads, and is answered immediately; any other gets 401. It is closed to a sender
 * without a secret.
 */
export function createDoorHandler(
  env: Environment,
  clock: Clock = systemClock,
): (event: unknown, context: Context) => Promise<DoorAnswer> {
  const queueUrl = requiredText(env, 'QUEUE_URL');
  const notificationUrl = optionalText(env, 'SQUARE_NOTIFICATION_URL') ?? '';
  const secrets = new Map<Sender, SecretReader>();
  for (const sender of ['shopify', 'woocommerce', 'square', 'generic'] as const) {
    const setting = optionalText(env, settings[sender]);
    if (setting === undefined) continue;
    secrets.set(sender, secretReader({ name: settings[sender], setting, leastChars: 1 }, env, clock));
  }
  if (secrets.size === 0) throw invalid(Object.values(settings).join(' or '), 'to be set');
  if (secrets.has('square') && notificationUrl === '') {
    throw invalid('SQUARE_NOTIFICATION_URL', 'to be the address that Square was told');
  }
  const sqs = sqsClient(env);
  const telemetry = openTelemetry('door');

  return async (event, context) =>
    telemetry.during(context, async (told) => {
      // A parse boundary: what is no object has no headers, and so no signature.
      const request = typeof event === 'object' && event !== null ? { ...event } : {};
      const header = (name: string): string => headerOf(request, name);
      const sender = senderOf(header);
      const body = bodyOf(request);
      const signed: SignedRequest = { header, body, notificationUrl, nowMs: clock.wallNow() };
      const secret = sender === undefined ? undefined : secrets.get(sender);
      if (
        sender === undefined ||
        secret === undefined ||
        !(await secret.fits((text) => isSigned(sender, signed, text)))
      ) {
        told.info('refused', { sender: sender ?? 'none' });
        return answer(401);
      }
      const message = messageOf(sender, header('content-type'), body);
      if (Buffer.byteLength(message) > doorLimits.messageBytes) return answer(413);
      try {
        const { refused } = await sendMessages(sqs, queueUrl, [{ body: message }], { clock, maxAttempts: 2 });
        if (refused.length > 0) return answer(503);
      } catch (error) {
        told.warn('not queued', { sender, cause: error instanceof Error ? error.name : 'unknown' });
        return answer(503);
      }
      told.info('queued', { sender, bytes: body.length });
      return answer(202);
    });
}

function answer(statusCode: DoorAnswer['statusCode']): DoorAnswer {
  const retry = statusCode === 503 ? { 'retry-after': '5' } : {};
  return { statusCode, headers: { 'content-type': 'application/json', ...retry }, body: '{}' };
}

function bodyOf(request: Readonly<Record<string, unknown>>): Buffer {
  const { body, isBase64Encoded } = request;
  if (typeof body !== 'string') return Buffer.alloc(0);
  return Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
}

/** The webhook as `ingest` takes it out of its queue: its text, or its bytes, compressed where they are long. */
function messageOf(sender: Sender, contentType: string, body: Buffer): string {
  const about = { door: 1, sender, contentType };
  const isLong = body.length > doorLimits.messageBytes / 8;
  if (isLong) return JSON.stringify({ ...about, base64: gzipSync(body).toString('base64') });
  if (!isUtf8(body)) return JSON.stringify({ ...about, base64: body.toString('base64') });
  return queueJson(JSON.stringify({ ...about, text: body.toString('utf8') }));
}
