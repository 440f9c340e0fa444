/** Headers of a request, by their names in small letters, as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Returns what shows that a page of another origin made a request, or `undefined` where nothing does. Browsers say where
 * a request comes from and no script can change it: `Sec-Fetch-Site` (Chrome 76, Firefox 90, Safari 16.4 and later;
 * web.dev, "Fetch Metadata", read 2026-11) and, on each POST and each request across origins, `Origin`. Programs send
 * neither. The own origin is `http://` before the request's `Host`, port included; `null` is foreign.
 *
 * @example
 * ```ts
 * import { foreignPage } from '@store/foundation';
 *
 * console.log(foreignPage({ host: 'localhost:5080', origin: 'http://localhost:5080' })); // undefined
 * console.log(foreignPage({ host: 'localhost:5080', origin: 'null' })); // Origin: null
 * ```
 */
export function foreignPage(headers: RequestHeaders): string | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return `Sec-Fetch-Site: ${String(site).slice(0, 100)}`;
  }
  const { origin, host } = headers;
  if (origin === undefined) return undefined;
  const own = host === undefined ? '' : `http://${String(host).toLowerCase()}`;
  return own !== '' && String(origin).toLowerCase() === own
    ? undefined
    : `Origin: ${String(origin).slice(0, 100)}`;
}

/**
 * Says whether a browser opens a request's address as a page of its own, in no frame: a link, a bookmark, the address
 * line. It carries no `Origin`, and shows the answer to the user and to nobody else.
 *
 * @example
 * ```ts
 * import { isPageVisit } from '@store/foundation';
 *
 * console.log(isPageVisit('GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })); // true
 * console.log(isPageVisit('GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })); // false
 * ```
 */
export function isPageVisit(method: string, headers: RequestHeaders): boolean {
  return (
    method === 'GET' &&
    headers.origin === undefined &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
