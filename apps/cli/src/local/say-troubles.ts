import { inertText } from '@store/foundation';
import { explainError } from '../terminal/explain-error.js';
import type { Output } from '../terminal/terminal.js';

/** A trouble that comes again is said again after this long. */
const QUIET_MS = 60_000;
/** Troubles that are told apart; a service may have any number of them. */
const MOST = 1000;

/**
 * Returns what says the troubles of a service that continues: each in the words of the command, and one that comes again and
 * again, such as a full disk at every write, once a minute with how often it came.
 */
export function sayTroubles(stderr: Output): (error: unknown) => void {
  const said = new Map<string, { readonly atMs: number; times: number }>();
  return (error) => {
    const text = inertText(explainError(error).message, 2000);
    const last = said.get(text);
    const now = performance.now();
    if (last !== undefined && now - last.atMs < QUIET_MS) {
      last.times++;
      return;
    }
    if (said.size >= MOST) said.clear();
    said.set(text, { atMs: now, times: 0 });
    const often = last === undefined || last.times === 0 ? '' : ` (${last.times} times more since then)`;
    stderr.write(`${text}${often}\n`);
  };
}
