import { createHmac, timingSafeEqual } from 'node:crypto';

/** Headers that prove who sent a body, and when. */
export interface SignatureHeaders {
  /** Seconds since 1970 at which it was signed. */
  readonly 'store-timestamp': string;
  /** `v1=` and the HMAC-SHA-256 of timestamp, a full stop and body, in hexadecimal digits. */
  readonly 'store-signature': string;
}

/** Signs a body. The time is signed too, so that a recorded request cannot be sent again later. */
export function sign(body: string, secret: string, nowMs: number): SignatureHeaders {
  const timestamp = String(Math.floor(nowMs / 1000));
  return { 'store-timestamp': timestamp, 'store-signature': `v1=${mac(timestamp, body, secret)}` };
}

/**
 * What a receiver checks: the signature, and that it is not older than five minutes. In constant time.
 *
 * @param toleranceSeconds - how far clocks may be apart
 */
export function verify(
  body: string,
  headers: Readonly<Record<string, string | undefined>>,
  secret: string,
  nowMs: number,
  toleranceSeconds = 300,
): boolean {
  const { 'store-timestamp': timestamp = '', 'store-signature': signature = '' } = headers;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(`v1=${mac(timestamp, body, secret)}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const mac = (timestamp: string, body: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
