import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who signs webhooks in a way that is known. */
export type Sender = 'shopify' | 'woocommerce' | 'square' | 'generic';

/** What a signature is over. */
export interface SignedRequest {
  /** A header by its name in lower case; empty where it is not there. */
  header(name: string): string;
  /** The body as it came, before anything reads it. */
  readonly body: Buffer;
  /** The address that the sender was told, for senders that sign it. */
  readonly notificationUrl: string;
  readonly nowMs: number;
}

/** Bounds of a webhook. */
export const webhookLimits: Readonly<{ windowMs: number }> = Object.freeze({
  /** How far the time of a signature may be from now, where the sender signs one. */
  windowMs: 300_000,
});

/** The header of each sender, in the order in which they are looked for. */
export const signatureHeaders: Readonly<Record<Sender, string>> = Object.freeze({
  /** Base64 of HMAC-SHA-256 over the body (shopify.dev, "Verify webhooks", 2026). */
  shopify: 'x-shopify-hmac-sha256',
  /** Base64 of HMAC-SHA-256 over the body (woocommerce.com, "Webhooks", 2026). */
  woocommerce: 'x-wc-webhook-signature',
  /**
   * Base64 of HMAC-SHA-256 over the notification URL and then the raw body (developer.squareup.com, "Verify and Validate an Event
   * Notification", read 2026-11).
   */
  square: 'x-square-hmacsha256-signature',
  /** `v1=` and HMAC-SHA-256 of `store-timestamp`, a full stop and the body, in hexadecimal digits: as `dispatch` signs. */
  generic: 'store-signature',
});

/** Returns the sender whose signature a request has; `undefined` for none, and for several. */
export function senderOf(header: SignedRequest['header']): Sender | undefined {
  const [sender, more] = senders.filter((name) => header(signatureHeaders[name]) !== '');
  return more === undefined ? sender : undefined;
}

const senders: readonly Sender[] = ['shopify', 'woocommerce', 'square', 'generic'];

/** Returns whether a request was signed with the secret. The signature is compared in constant time. */
export function isSigned(sender: Sender, request: SignedRequest, secret: string): boolean {
  if (secret === '') return false;
  const mac = createHmac('sha256', secret);
  const given = request.header(signatureHeaders[sender]);
  if (sender === 'generic') {
    const timestamp = request.header('store-timestamp');
    if (!/^\d{1,12}$/.test(timestamp)) return false;
    if (Math.abs(request.nowMs - Number(timestamp) * 1000) > webhookLimits.windowMs) return false;
    return isSame(
      given.toLowerCase(),
      `v1=${mac.update(`${timestamp}.`).update(request.body).digest('hex')}`,
    );
  }
  if (sender === 'square') mac.update(request.notificationUrl);
  return isSame(given, mac.update(request.body).digest('base64'));
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
