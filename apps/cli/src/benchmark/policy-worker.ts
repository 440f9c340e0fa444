import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shown } from '@store/foundation';
import type { ReplenishmentPolicy, WorldOptions } from '@store/generator';
import { worldOf } from '../inventory/world.js';
import { cells, doing, type WorkerReply, type WorkerRequest, type WorkerStart } from './policy-messages.js';

// The parse boundary: the command started this thread.
const { subject, flags, where } = workerData as WorkerStart;
const at = new Int32Array(where);
const DAY_MS = 86_400_000;

const say = (reply: WorkerReply): void => {
  parentPort?.postMessage(reply);
};

/**
 * Loads the policy of a file: its default export, or the one named `policy`. TypeScript is transpiled, not checked, the
 * files it imports too.
 */
async function loadPolicy(path: string): Promise<ReplenishmentPolicy> {
  register(new URL('./policy-hooks.js', import.meta.url));
  const module: unknown = await import(pathToFileURL(path).href);
  // A namespace is an object.
  const exported = module as Readonly<Record<string, unknown>>;
  // A CommonJS file's default is all that it exports, of which the loader finds some names, and not always `policy`.
  const all = { ...(typeof exported.default === 'object' ? exported.default : {}) } as typeof exported;
  const found = [exported.default, exported.policy, all.default, all.policy].find(
    (value) => typeof value === 'function',
  );
  if (found !== undefined) return found as ReplenishmentPolicy; // what it answers is checked at each call
  const names = Object.keys(exported).map((name) => `${name} (${shown(exported[name])})`);
  const none = `it exports ${names.length === 0 ? 'nothing' : names.join(', ')}`;
  throw new TypeError(`Expected a function as its default export, or as \`policy\`; ${none}.`);
}

/** Says where the policy is before each call, so that the command can name it when it does not return. */
function watched(policy: ReplenishmentPolicy, stores: ReadonlyMap<string, number>): ReplenishmentPolicy {
  return (state) => {
    at[cells.store] = stores.get(state.store.store_id) ?? 0;
    at[cells.day] = Date.parse(state.date) / DAY_MS;
    Atomics.add(at, cells.times, 1);
    Atomics.store(at, cells.doing, doing.policy);
    try {
      return policy(state);
    } finally {
      Atomics.store(at, cells.doing, doing.own);
    }
  };
}

function answer(seed: number, policy: WorldOptions['policy']): WorkerReply {
  try {
    const world = worldOf({ ...flags, seed }, policy === undefined ? {} : { policy });
    if (subject.kind === 'bound') return { kind: 'bound', seed, bound: world.costBound() };
    return { kind: 'score', seed, score: world.score() };
  } catch (error) {
    return { kind: 'failed', seed, message: error instanceof Error ? error.message : String(error) };
  }
}

async function policyOf(): Promise<WorldOptions['policy']> {
  if (subject.kind === 'bound') return undefined;
  if (subject.kind === 'built-in') return subject.name;
  Atomics.store(at, cells.doing, doing.loading);
  const policy = await loadPolicy(subject.path);
  Atomics.store(at, cells.doing, doing.own);
  const stores = worldOf(flags).stores.map(({ store_id }, s) => [store_id, s] as const);
  return watched(policy, new Map(stores));
}

try {
  const policy = await policyOf();
  parentPort?.on('message', ({ seed }: WorkerRequest) => {
    say(answer(seed, policy));
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unloadable', message: error instanceof Error ? error.message : String(error) });
}
