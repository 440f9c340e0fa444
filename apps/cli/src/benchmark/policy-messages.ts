import type { CostBound, Score } from '@store/generator';
import type { WorldFlags } from '../options/world-flags.js';

/** Names of the policies that are built in. */
export const builtIn = ['sS', 'sQ', 'RS', 'newsvendor'] as const;

/** What a worker works on. */
export type Subject =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'built-in'; readonly name: (typeof builtIn)[number] }
  | { readonly kind: 'bound' };

/** What a worker begins with. */
export interface WorkerStart {
  readonly subject: Subject;
  readonly flags: WorldFlags;
  /** Cells of `Where`, written before and after each call of the policy. */
  readonly where: SharedArrayBuffer;
}

/** Cells that tell where a worker is: what it does, how often it has begun to, and at which store and local day. */
export const cells = { doing: 0, times: 1, store: 2, day: 3 } as const;
/** Values of `doing`: nothing that may hang, reading the file, inside the policy. */
export const doing = { own: 0, loading: 1, policy: 2 } as const;

/** To a worker: the next seed. */
export interface WorkerRequest {
  readonly seed: number;
}

/** From a worker. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unloadable'; readonly message: string }
  | { readonly kind: 'score'; readonly seed: number; readonly score: Score }
  | { readonly kind: 'bound'; readonly seed: number; readonly bound: CostBound }
  | { readonly kind: 'failed'; readonly seed: number; readonly message: string };
