import { startEmulator } from './emulator.js';
import { EmulatorError } from './errors.js';

/**
 * Starts the endpoint on a data folder to salvage, stops it, and returns a sentence for each thing that it passed over:
 * afterwards the folder opens with `onDamage: 'refuse'`. What was damaged is kept beside its place.
 *
 * @throws {@link EmulatorError} `DATA_DIR_IN_USE`, or one for a file of another release.
 *
 * @example
 * ```ts
 * import { repairDataFolder } from '@store/emulator';
 *
 * for (const sentence of await repairDataFolder('.store/emulator')) console.log(sentence);
 * ```
 */
export async function repairDataFolder(dataDir: string): Promise<readonly string[]> {
  const sentences: string[] = [];
  const emulator = await startEmulator({
    dataDir,
    onDamage: 'salvage',
    onTrouble: (error) => {
      if (error instanceof EmulatorError) sentences.push(error.message);
    },
  });
  await emulator.close();
  return sentences;
}
