import type { Log } from '@store/durable';
import type { SchemaSnapshot } from '../lake/table-catalog.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { DeliveryStreamOptions } from './delivery-stream-options.js';
import { afterFailure } from './delivery-tries.js';
import { entryKinds } from './entry-kinds.js';
import { deliveryLimits } from './delivery-limits.js';
import { reasonOf } from '../failure-kind.js';
import { settledWithin } from './stall-limit.js';
import { bufferPayload } from './stream-state.js';

/** What the deliveries need of their stream. */
interface StreamParts {
  log(): Log;
  schemaOf(buffer: DeliveryBuffer): SchemaSnapshot | undefined;
}

/** The sealed buffers of one stream, until each is delivered, in the error output, or in the quarantine. */
export class SealedBuffers {
  readonly #options: DeliveryStreamOptions;
  readonly #stream: StreamParts;
  readonly #delivering = new Set<Promise<void>>();
  /** Staging files on their way out; a closed stream touches its folder no more. */
  readonly #discarding = new Set<Promise<void>>();
  /** Told when a buffer is delivered, or no more is tried. */
  readonly #waiting = new Map<number, (() => void)[]>();
  #diskTrouble: Error | undefined;
  #closed = false;

  constructor(options: DeliveryStreamOptions, stream: StreamParts) {
    this.#options = options;
    this.#stream = stream;
  }

  /** The disk that deliveries wait for; asking tries again. */
  get diskTrouble(): Error | undefined {
    const { queue, transforms, plan } = this.#options;
    if (this.#diskTrouble !== undefined) {
      queue.tryAgain(plan.streamId);
      transforms.tryAgain(plan.streamId);
    }
    return this.#diskTrouble;
  }

  /** Sees to it that a sealed buffer is delivered. */
  add(buffer: DeliveryBuffer): void {
    const { queue, transforms, plan } = this.#options;
    (buffer.state.kind === 'lambda' ? transforms : queue).add({
      owner: plan.streamId,
      bytes: buffer.state.bytes,
      run: async () => {
        const delivery = this.#deliver(buffer);
        this.#delivering.add(delivery);
        await delivery.finally(() => this.#delivering.delete(delivery));
      },
      abandoned: () => this.#closed,
      failed: (error) => this.failed(buffer, error),
    });
  }

  async #deliver(buffer: DeliveryBuffer): Promise<void> {
    const { deliver, transform } = this.#options;
    buffer.staging.seal();
    if (buffer.state.kind === 'lambda' && buffer.way !== 'quarantine') {
      const payload = await transform(buffer);
      await this.#stream.log().commit(entryKinds.transformed, payload);
    } else {
      await deliver(buffer, this.#stream.schemaOf(buffer));
      await this.#stream.log().commit(entryKinds.delivered, bufferPayload(buffer.state.id));
    }
    this.#diskTrouble = undefined;
  }

  /** Notes what a try failed with; says whether there is another one. */
  failed(buffer: DeliveryBuffer, error: unknown, isDelivery = true): boolean {
    const { clock, onTrouble, plan } = this.#options;
    if (this.#closed) return false;
    const { kind, again, givesUp } = afterFailure(buffer, error, clock);
    if (kind === 'disk' && isDelivery) {
      this.#diskTrouble = error instanceof Error ? error : new Error(reasonOf(error));
    }
    onTrouble(error);
    if (givesUp) {
      onTrouble(
        new Error(
          `${buffer.state.records} records of ${plan.streamName} go to ${buffer.way === 'quarantine' ? 'the quarantine' : 'the error output'}, since they cannot be delivered: ${reasonOf(error)}`,
        ),
      );
    }
    if (!again) this.#release(buffer.state.id);
    return again;
  }

  /** Resolves when the buffer is delivered, or no more is tried. */
  async untilSettled({ state, failure }: DeliveryBuffer): Promise<void> {
    if (failure?.isFinal === true) return;
    await new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(state.id) ?? [];
      this.#waiting.set(state.id, [...waiting, resolve]);
    });
  }

  /** The delivery is on disk: what was staged goes. */
  settle(buffer: DeliveryBuffer): void {
    const discarding = buffer.staging.discard().catch(this.#options.onTrouble);
    this.#discarding.add(discarding);
    void discarding.then(() => this.#discarding.delete(discarding));
    this.#release(buffer.state.id);
  }

  /** Tells who waits for a buffer that there is no more to wait for. */
  #release(id: number): void {
    for (const resolve of this.#waiting.get(id) ?? []) resolve();
    this.#waiting.delete(id);
  }

  /** Starts nothing more; waits for what is under way, within a bound. */
  async close(): Promise<void> {
    this.#closed = true;
    await settledWithin(this.#delivering, deliveryLimits.closeMs);
    for (const id of [...this.#waiting.keys()]) this.#release(id);
  }

  /** Resolves when what was staged of delivered buffers is gone. */
  async discarded(): Promise<void> {
    await Promise.all(this.#discarding);
  }
}
