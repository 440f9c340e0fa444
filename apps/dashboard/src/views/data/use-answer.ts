import { useEffect, useState } from 'preact/hooks';
import { getJson, messageOf } from '../../feed.js';
import { usePoll } from '../../poll.js';

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
  usePoll(
    {
      // The parse boundary: the server of this page answers in the protocol's shapes.
      ask: async (signal) => (await getJson(path, params, signal)) as Answer,
      take(found) {
        setAnswer(found);
        setProblem(undefined);
      },
      onFail(error) {
        setProblem(messageOf(error));
      },
      everyMs,
    },
    [path, question, everyMs, turn],
  );
  return {
    answer,
    problem,
    again: () => {
      setTurn((before) => before + 1);
    },
  };
}
