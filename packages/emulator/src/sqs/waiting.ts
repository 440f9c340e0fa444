import type { Queue } from './queue.js';
import type { SqsContext } from './sqs-state.js';

/** Resolves when a message may have come or become visible, at the end of the wait, or when the caller has gone. */
export function waitForMessage(queue: Queue, endsAt: number, context: SqsContext): Promise<void> {
  const { clock, request } = context;
  return new Promise((resolve) => {
    const wake = (): void => {
      queue.waiting.delete(wake);
      cancel();
      request.signal.removeEventListener('abort', wake);
      resolve();
    };
    const wakeAt = Math.min(endsAt, queue.nextAt() ?? Infinity);
    const cancel = clock.schedule(wake, Math.max(0, wakeAt - clock.wallNow()));
    queue.waiting.add(wake);
    request.signal.addEventListener('abort', wake);
  });
}

/** Lets every waiting receive look again. */
export function wakeWaiting(queue: Queue): void {
  for (const wake of [...queue.waiting]) wake();
}
