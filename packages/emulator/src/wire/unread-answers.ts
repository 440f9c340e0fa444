import type { ServerResponse } from 'node:http';
import { emulatorLimits } from './request-limits.js';

/** Bounds the answers that were written and that no client has read: the oldest lose their connections. */
export class UnreadAnswers {
  #bytes = 0;
  /** Oldest first. */
  readonly #unread = new Map<ServerResponse, number>();

  /** Counts what of an answer its connection has not taken yet. */
  watch(response: ServerResponse): void {
    const bytes = response.writableLength;
    if (bytes === 0 || response.destroyed || this.#unread.has(response)) return;
    this.#unread.set(response, bytes);
    this.#bytes += bytes;
    response.once('finish', () => {
      this.#forget(response);
    });
    response.once('close', () => {
      this.#forget(response);
    });
    for (const oldest of this.#unread.keys()) {
      if (this.#bytes <= emulatorLimits.unreadAnswerBytes) return;
      this.#forget(oldest);
      oldest.destroy();
    }
  }

  #forget(response: ServerResponse): void {
    this.#bytes -= this.#unread.get(response) ?? 0;
    this.#unread.delete(response);
  }
}
