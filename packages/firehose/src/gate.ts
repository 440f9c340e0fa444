/** Where callers wait for room. */
export class Gate {
  readonly #full: () => boolean;
  #waiting:
    | { readonly promise: Promise<void>; readonly open: () => void; readonly fail: (cause: Error) => void }
    | undefined;

  constructor(full: () => boolean) {
    this.#full = full;
  }

  /** There is no room. */
  get full(): boolean {
    return this.#full();
  }

  /** Resolves when there is room, or when {@link open} is called with force. */
  wait(): Promise<void> {
    if (!this.#full()) return Promise.resolve();
    if (this.#waiting === undefined) {
      let open = (): void => undefined;
      let fail: (cause: Error) => void = () => undefined;
      const promise = new Promise<void>((resolve, reject) => {
        open = resolve;
        fail = reject;
      });
      this.#waiting = { promise, open, fail };
    }
    return this.#waiting.promise;
  }

  /** Lets those who wait continue if there is room, or in any case. */
  open(force = false): void {
    if (this.#waiting === undefined || (!force && this.#full())) return;
    const { open } = this.#waiting;
    this.#waiting = undefined;
    open();
  }

  /** Tells those who wait why there will be no room. */
  fail(cause: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.fail(cause);
  }
}
