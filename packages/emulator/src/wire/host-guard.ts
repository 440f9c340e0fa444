import { isIP } from 'node:net';
import { ServiceError } from './service-error.js';

/** Refuses requests for another host: a web page that rebinds its name to this machine sends its own name. */
export function checkHost(header: string | undefined, allowed: ReadonlySet<string>): void {
  const host = (header ?? '').replace(/:\d+$/, '').toLowerCase();
  if (isLoopback(host) || allowed.has(host)) return;
  throw new ServiceError(
    'AccessDeniedException',
    `Requests for the host "${host}" are refused. Address 127.0.0.1, or list the host in allowedHosts.`,
    403,
  );
}

/** True for names and addresses that never leave the machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}
