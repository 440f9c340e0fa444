import type { Clock } from '@store/foundation';
import type { BatchAnswer, Transport } from '../src/index.js';
import type { Random } from './random.js';

/** What may go wrong with one call. */
export const FAULTS = [
  'none',
  'throttle-some',
  'throttle-all',
  'fail-some',
  'server-error',
  'commit-then-silence',
  'commit-then-reset',
  'reset-before-commit',
  'connection-refused',
  'short-answer',
  'lying-answer',
  'garbled-answer',
  'slow',
  'slow-commit-after-timeout',
  'expired-credentials',
  'stream-not-found',
] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** Faults after which the service surely holds nothing of what it refused. */
export const CLEAN_FAULTS: readonly Fault[] = ['none', 'throttle-some', 'throttle-all'];

function serviceError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} by the test`), { name, $metadata: { httpStatusCode: status } });
}

function socketError(code: string): Error {
  return Object.assign(new Error(`${code} by the test`), { code });
}

function recordsOfBody(pieces: readonly Uint8Array[]): Buffer[] {
  const body = JSON.parse(Buffer.concat(pieces).toString()) as { Records: { Data: string }[] };
  return body.Records.map(({ Data }) => Buffer.from(Data, 'base64'));
}

/** A stream that fails as told, and knows exactly which events it holds and how often. */
export class FaultEndpoint {
  /** How often it holds each line. */
  readonly held: Map<string, number> = new Map<string, number>();
  readonly transport: Transport;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: readonly Fault[];
  /** Calls that may still fail; afterwards the service is well. */
  #faultsLeft: number;

  constructor(clock: Clock, random: Random, faults: readonly Fault[], faultsLeft: number) {
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
    this.#faultsLeft = faultsLeft;
    this.transport = {
      // The records are read from the wire's text, so that what would be sent is what is checked.
      send: (request) => this.#answer(recordsOfBody(request.body)),
      refreshCredentials: async () => {
        if (this.#random.chance(0.2)) throw new Error('No credentials by the test.');
      },
    };
  }

  heal(): void {
    this.#faultsLeft = 0;
  }

  #commit(records: readonly Buffer[]): void {
    for (const data of records) {
      for (const line of data.toString().split('\n').slice(0, -1)) {
        this.held.set(line, (this.held.get(line) ?? 0) + 1);
      }
    }
  }

  #commitSome(records: readonly Buffer[]): void {
    this.#commit(records.filter(() => this.#random.chance(0.5)));
  }

  async #answer(records: readonly Buffer[]): Promise<BatchAnswer> {
    if (records.some((data) => data.includes('"poison":true'))) {
      throw serviceError('InvalidArgumentException', 400);
    }
    const fault = this.#faultsLeft-- > 0 ? this.#random.pick(...this.#faults) : 'none';
    if (this.#random.chance(0.5)) await this.#pause(this.#random.whole(1, 300));
    switch (fault) {
      case 'none':
        return this.#each(records, () => undefined);
      case 'throttle-some':
        return this.#each(records, () =>
          this.#random.chance(0.5) ? 'ServiceUnavailableException' : undefined,
        );
      case 'throttle-all':
        throw serviceError('ServiceUnavailableException', 503);
      case 'fail-some':
        return this.#each(records, () => (this.#random.chance(0.5) ? 'InternalFailure' : undefined));
      case 'server-error':
        this.#commitSome(records);
        throw serviceError('InternalFailure', this.#random.pick(500, 502, 504));
      case 'commit-then-silence':
        this.#commitSome(records);
        return new Promise(() => undefined);
      case 'commit-then-reset':
        this.#commit(records);
        throw socketError('ECONNRESET');
      case 'reset-before-commit':
        throw socketError('EPIPE');
      case 'connection-refused':
        throw socketError('ECONNREFUSED');
      case 'short-answer':
        this.#commit(records);
        return { FailedPutCount: 0, RequestResponses: records.slice(1).map(() => ({ RecordId: 'id' })) };
      case 'lying-answer':
        this.#commit(records);
        return { FailedPutCount: 1, RequestResponses: records.map(() => ({ RecordId: 'id' })) };
      case 'garbled-answer':
        this.#commitSome(records);
        throw new SyntaxError('Unexpected end of JSON input');
      case 'slow':
        await this.#pause(this.#random.whole(1000, 5000));
        return this.#each(records, () => undefined);
      case 'slow-commit-after-timeout':
        await this.#pause(this.#random.whole(5000, 30_000));
        return this.#each(records, () => undefined);
      case 'expired-credentials':
        throw serviceError('ExpiredTokenException', 400);
      case 'stream-not-found':
        throw serviceError('ResourceNotFoundException', 400);
    }
  }

  /** Takes the records that `errorOf` lets pass; a record that failed inside may be held all the same. */
  #each(records: readonly Buffer[], errorOf: () => string | undefined): BatchAnswer {
    const RequestResponses = records.map((data) => {
      const ErrorCode = errorOf();
      if (ErrorCode === undefined) this.#commit([data]);
      if (ErrorCode === 'InternalFailure') this.#commitSome([data]);
      return ErrorCode === undefined ? { RecordId: 'id' } : { ErrorCode, ErrorMessage: 'Slow down.' };
    });
    return {
      FailedPutCount: RequestResponses.filter(({ ErrorCode }) => ErrorCode !== undefined).length,
      RequestResponses,
    };
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.schedule(resolve, ms, { keepAlive: true });
    });
  }
}
