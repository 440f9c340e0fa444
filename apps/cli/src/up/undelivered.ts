import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Undelivered } from '@store/firehose';
import { isMissing } from '../local/folder.js';
import type { PageRoute } from './page-routes.js';

const name = 'undelivered.ndjson';

/** Events that could not be delivered, as lines of a file in the run's folder, and the route by which the page gets it. */
export class UndeliveredEvents {
  readonly #path: string;

  /** @param folder - of the run */
  constructor(folder: string) {
    this.#path = join(folder, name);
  }

  /** Keeps what the producer gave up. */
  async take(undelivered: readonly Undelivered[]): Promise<void> {
    // Each event has its line end.
    await appendFile(this.#path, Buffer.concat(undelivered.map(({ data }) => data)));
  }

  readonly route: PageRoute = {
    method: 'GET',
    path: '/api/undelivered',
    answer: async () => {
      const file = await open(this.#path).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (file === undefined) return { status: 404, json: { error: 'No event is undelivered.' } };
      return { name, type: 'application/x-ndjson', bytes: file.createReadStream() };
    },
  };
}
