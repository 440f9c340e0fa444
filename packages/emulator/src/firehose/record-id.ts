import { randomBytes } from 'node:crypto';

let prefix = '';
let count = 0;

/** A record ID: opaque and unique. AWS's are some 220 characters; 44 keep a batch's answer small. */
export function nextRecordId(): string {
  if (prefix === '') prefix = randomBytes(24).toString('base64url');
  count += 1;
  return prefix + count.toString(36).padStart(12, '0');
}
