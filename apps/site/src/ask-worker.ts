import type { Sample, Shelf, ShelfHistory } from './sample.js';
import type { FieldProblem, WorldForm } from './world-form.js';

/** What the page asks the generator's thread. */
export type WorkerQuestion = { readonly id: number; readonly form: WorldForm } & (
  { readonly ask: 'sample' } | { readonly ask: 'history'; readonly shelf: Shelf } | { readonly ask: 'ndjson' }
);

/** What it answers: a result, or the field that is wrong. */
export type WorkerAnswer = { readonly id: number } & Outcome<Sample | ShelfHistory | Blob>;

/** A result, or the field of the form that is wrong. */
export type Outcome<T> = { readonly result: T } | { readonly problem: FieldProblem };

type Settle = (answer: Outcome<Sample | ShelfHistory | Blob>) => void;

/** The generator on a thread of its own: the page stays quick, and a world that is no longer wanted is stopped. */
export class WorldWorker {
  #worker: Worker | undefined;
  #asked = 0;
  readonly #waiting = new Map<number, Settle>();

  /** Stops everything under way and makes the world of a form; what was asked before is never answered. */
  sample(form: WorldForm): Promise<Outcome<Sample>> {
    this.close();
    return this.#ask<Sample>((id) => ({ id, form, ask: 'sample' }));
  }

  /** The events of one shelf. */
  history(form: WorldForm, shelf: Shelf): Promise<Outcome<ShelfHistory>> {
    return this.#ask<ShelfHistory>((id) => ({ id, form, shelf, ask: 'history' }));
  }

  /** The events as a file. */
  ndjson(form: WorldForm): Promise<Outcome<Blob>> {
    return this.#ask<Blob>((id) => ({ id, form, ask: 'ndjson' }));
  }

  /** Ends the thread. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting.clear();
  }

  #ask<T>(question: (id: number) => WorkerQuestion): Promise<Outcome<T>> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      // The thread answers each question with what was asked for.
      this.#waiting.set(id, resolve as Settle);
      this.#started().postMessage(question(id));
    });
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./world-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    });
    worker.addEventListener('error', ({ message }) => {
      for (const settle of this.#waiting.values()) settle({ problem: { field: undefined, message } });
      this.close();
    });
    this.#worker = worker;
    return worker;
  }
}
