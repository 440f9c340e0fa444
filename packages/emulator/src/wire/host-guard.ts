import { isLoopback } from '@store/foundation';
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
