import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { tokenHeader } from '@store/page-protocol';
import { isInside } from '../terminal/platform.js';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** Where the page itself is. */
export const isPage = (pathname: string): boolean => pathname === '/' || pathname === '/index.html';

/**
 * What a browser is told with every answer: the page loads its own script, styles and data and nothing else, no other page
 * may put it in a frame, embed what it says or hold its window, and a type is what it says it is.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** Answers with a file of the page, the page itself with the token in it; false where there is none. */
export async function answerFile(
  response: ServerResponse,
  pageDir: string,
  pathname: string,
  token: string,
): Promise<boolean> {
  const path = join(pageDir, normalize(isPage(pathname) ? '/index.html' : pathname));
  const type = contentTypes.get(extname(path));
  if (type === undefined || !isInside(pageDir, path)) return false;
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) return false;
  response.writeHead(200, {
    'content-type': type,
    'cache-control': pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store',
  });
  response.end(
    isPage(pathname)
      ? content.replace('</head>', `<meta name="${tokenHeader}" content="${token}" /></head>`)
      : content,
  );
  return true;
}
