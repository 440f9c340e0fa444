import { useEffect } from 'preact/hooks';

/** A question to the server that is asked again and again. */
export interface Poll<Answer> {
  readonly ask: (signal: AbortSignal) => Promise<Answer>;
  readonly take: (answer: Answer) => void;
  /** Hears why there is no answer. @defaultValue nobody does: the verdict says when the server is gone */
  readonly onFail?: (error: unknown) => void;
  /** Pause after an answer, milliseconds; undefined asks once. */
  readonly everyMs: number | undefined;
}

/**
 * Asks, and again after each answer and a pause, after a failure and twice the pause, and when one of `again` changes; not
 * at all where there is no question.
 */
export function usePoll<Answer>(poll: Poll<Answer> | undefined, again: readonly unknown[]): void {
  useEffect(() => {
    if (poll === undefined) return undefined;
    const { ask, take, onFail, everyMs } = poll;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = (act: () => void, pauses: number): void => {
      if (stop.signal.aborted) return;
      act();
      if (everyMs !== undefined) timer = setTimeout(look, everyMs * pauses);
    };
    const look = (): void => {
      ask(stop.signal).then(
        (answer) => {
          next(() => {
            take(answer);
          }, 1);
        },
        (error: unknown) => {
          next(() => {
            onFail?.(error);
          }, 2);
        },
      );
    };
    look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, again);
}
