import { reasonOf } from './failure-kind.js';

/** Returns a listener that never throws: what a user's listener throws becomes a warning, and the endpoint goes on. */
export function quietly(listener: ((error: unknown) => void) | undefined): (error: unknown) => void {
  return (error) => {
    try {
      listener?.(error);
    } catch (thrown) {
      process.emitWarning(`\`onTrouble\` threw: ${reasonOf(thrown)}`);
    }
  };
}
