import { readFile } from 'node:fs/promises';
import { EmulatorError } from '../errors.js';
import { noFaults, type FaultPlan } from './fault-plan.js';

const shares = [
  'refusedRecords',
  'throttledCalls',
  'internalErrors',
  'unavailable',
  'resetsBeforeCommit',
  'resetsAfterCommit',
  'failedDeliveries',
];
const milliseconds = ['latencyMs', 'deliveryDelayMs', 'clockSkewMs'];

/** Takes a plan, or the path of a file that holds one. */
export async function readFaultPlan(plan: FaultPlan | string | undefined): Promise<FaultPlan> {
  if (plan === undefined) return noFaults;
  if (typeof plan !== 'string') return checkFaultPlan(plan);
  const text = await readFile(plan, 'utf8');
  try {
    return checkFaultPlan(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof EmulatorError) throw cause;
    throw new EmulatorError('INVALID_OPTION', `Expected ${plan} to hold a fault plan as JSON.`, { cause });
  }
}

/** Checks a plan that came from outside. */
export function checkFaultPlan(value: unknown): FaultPlan {
  if (typeof value !== 'object' || value === null) throw invalid('a fault plan to be an object', value);
  for (const [name, given] of Object.entries(value)) {
    if (shares.includes(name)) {
      if (typeof given !== 'number' || !(given >= 0 && given <= 1))
        throw invalid(`\`${name}\` to be 0 to 1`, given);
    } else if (milliseconds.includes(name)) {
      if (typeof given !== 'number' || !Number.isFinite(given)) {
        throw invalid(`\`${name}\` to be a number of milliseconds`, given);
      }
    } else if (name === 'diskFull') {
      if (typeof given !== 'boolean') throw invalid('`diskFull` to be true or false', given);
    } else throw invalid(`one of ${[...shares, ...milliseconds, 'diskFull'].join(', ')}`, name);
  }
  // Every member was checked.
  return value;
}

function invalid(expected: string, got: unknown): EmulatorError {
  return new EmulatorError('INVALID_OPTION', `Expected ${expected}, got ${JSON.stringify(got)}`);
}
