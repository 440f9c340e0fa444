import type { VirtualClock } from '@store/foundation';

/** Turns a virtual clock until `done` settles, letting promises run between timers. */
export async function until<R>(
  clock: VirtualClock,
  done: Promise<R>,
  afterEachStep?: () => void,
): Promise<R> {
  let open = true;
  const watched = done.finally(() => {
    open = false;
  });
  watched.catch(() => undefined);
  for (let idle = 0; idle < 3;) {
    await settlePromises();
    afterEachStep?.();
    // `open` changes while promises run, which the type checker cannot see.
    if (!(open as boolean)) return watched;
    idle = clock.step() ? 0 : idle + 1;
  }
  throw new Error('Nothing is left to happen, yet the promise is open.');
}

/** Lets every promise that can continue do so. */
export async function settlePromises(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
