import { useEffect, useState } from 'preact/hooks';
import { getJson } from '../../feed.js';

/** What a route answered last, and what was wrong if the last try failed. */
export interface Answered<Answer> {
  readonly answer: Answer | undefined;
  readonly problem: string | undefined;
  /** Asks again now. */
  readonly again: () => void;
}

/**
 * Asks a route, and again after each answer and a pause.
 *
 * @param everyMs - pause between two questions; undefined asks once
 */
export function useAnswer<Answer>(
  path: string,
  params: Readonly<Record<string, string>>,
  everyMs: number | undefined,
): Answered<Answer> {
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(0);
  const question = JSON.stringify(params);
  useEffect(() => {
    setAnswer(undefined);
    setProblem(undefined);
  }, [path, question]);
  useEffect(() => {
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      getJson(path, params, leave.signal)
        .then(
          (found) => {
            // The parse boundary: the server of this page answers in the protocol's shapes.
            setAnswer(found as Answer);
            setProblem(undefined);
          },
          (error: unknown) => {
            if (!leave.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
          },
        )
        .finally(() => {
          if (everyMs !== undefined && !leave.signal.aborted) timer = setTimeout(look, everyMs);
        });
    };
    look();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [path, question, everyMs, turn]);
  return {
    answer,
    problem,
    again: () => {
      setTurn((before) => before + 1);
    },
  };
}
