import { EmulatorError } from './errors.js';
import { isLoopback } from './wire/host-guard.js';
import { emulatorDefaults, type EmulatorOptions } from './options.js';

/** Options with the defaults filled in. */
export type EmulatorSettings = EmulatorOptions &
  Required<Pick<EmulatorOptions, keyof typeof emulatorDefaults>>;

const MIB = 1024 * 1024;

/** Fills in the defaults and refuses what cannot work. */
export function checkOptions(options: EmulatorOptions): EmulatorSettings {
  const settings: EmulatorSettings = { ...emulatorDefaults, ...options };
  if (settings.dataDir === '') throw invalid('dataDir', 'a folder', '""');
  inRange(settings, 'port', 0, 65_535);
  inRange(settings, 'seed', 0, 2 ** 32 - 1);
  inRange(settings, 'maxActivePartitions', 1, 5_000);
  inRange(settings, 'conversionBlockBytes', 1, 128 * MIB);
  inRange(settings, 'logSegmentBytes', 1, 1024 * MIB);
  inRange(settings, 'duckDbMemoryBytes', 64 * MIB, 1024 * 1024 * MIB);
  inRange(settings, 'duckDbThreads', 1, 256);
  if (!/^\d{12}$/.test(settings.accountId)) throw invalid('accountId', '12 digits', settings.accountId);
  if (!isLoopback(settings.host) && settings.secretAccessKey === undefined) {
    throw new EmulatorError(
      'INVALID_OPTION',
      `Expected \`host\` to be a loopback address, got ${settings.host}. To be reached from other machines, set \`secretAccessKey\` too.`,
    );
  }
  return settings;
}

type NumberOption =
  | 'port'
  | 'seed'
  | 'maxActivePartitions'
  | 'conversionBlockBytes'
  | 'logSegmentBytes'
  | 'duckDbMemoryBytes'
  | 'duckDbThreads';

function inRange(settings: EmulatorSettings, name: NumberOption, min: number, max: number): void {
  const value = settings[name];
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(name, `${min} to ${max}`, String(value));
  }
}

function invalid(name: string, expected: string, got: string): EmulatorError {
  return new EmulatorError('INVALID_OPTION', `Expected \`${name}\` to be ${expected}, got ${got}`);
}
