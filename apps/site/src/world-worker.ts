import { historyOf, makeSample, ndjsonOf } from './sample.js';
import type { WorkerAnswer, WorkerQuestion } from './ask-worker.js';
import { problemOf } from './world-form.js';

/** The generator's thread: a question in, an answer out, in their order. */
self.addEventListener('message', ({ data }: MessageEvent<WorkerQuestion>) => {
  self.postMessage(answerTo(data));
});

function answerTo(question: WorkerQuestion): WorkerAnswer {
  const { id, form } = question;
  try {
    switch (question.ask) {
      case 'sample':
        return { id, result: makeSample(form) };
      case 'history':
        return { id, result: historyOf(form, question.shelf) };
      case 'ndjson':
        return { id, result: ndjsonOf(form) };
    }
  } catch (error) {
    return { id, problem: problemOf(error, form) };
  }
}
