import type { Score } from '@store/generator';
import { estimated, type Estimated } from './intervals.js';

/** What the seeds gave for a policy; or for the bound, which has costs alone. */
export interface Outcome {
  readonly policy: string;
  readonly kind: 'file' | 'built-in' | 'bound';
  /** Total cost by seed. */
  readonly totals: readonly number[];
  readonly scores: readonly Score[];
}

/** A row of the comparison. */
export interface Row {
  readonly policy: string;
  readonly kind: Outcome['kind'];
  /** 1 is the cheapest; null of the bound, which is no policy. */
  readonly rank: number | null;
  /** Total cost of a world. */
  readonly cost: Estimated;
  /** By how much it costs more than the cheapest policy in the same worlds; null of the bound and the cheapest. */
  readonly moreThanFirst: Estimated | null;
  /** Total cost in each seed. */
  readonly bySeed: readonly number[];
  readonly serviceLevel: Estimated | null;
  readonly fillRate: Estimated | null;
  readonly wasteRate: Estimated | null;
  /** Means of the parts of the cost. */
  readonly costs: Omit<Score['costs'], 'total'> | null;
}

/** Ranks policies by their mean cost; the bound comes last. All have the same seeds. */
export function compare(outcomes: readonly Outcome[]): readonly Row[] {
  const costOf = ({ totals }: Outcome): number => estimated(totals).mean;
  const ranked = outcomes.filter(({ kind }) => kind !== 'bound').sort((a, b) => costOf(a) - costOf(b));
  const [first] = ranked;
  return [...ranked, ...outcomes.filter(({ kind }) => kind === 'bound')].map((outcome, n) => {
    const { policy, kind, totals, scores } = outcome;
    const over = (valueOf: (score: Score) => number): Estimated | null =>
      scores.length === 0 ? null : estimated(scores.map(valueOf));
    const mean = (part: keyof Score['costs']): number => over(({ costs }) => costs[part])?.mean ?? 0;
    const isBound = kind === 'bound';
    return {
      policy,
      kind,
      rank: isBound ? null : n + 1,
      cost: estimated(totals),
      moreThanFirst:
        isBound || first === undefined || n === 0
          ? null
          : estimated(totals.map((total, seed) => total - (first.totals[seed] ?? 0))),
      bySeed: totals,
      serviceLevel: over(({ serviceLevel }) => serviceLevel),
      fillRate: over(({ fillRate }) => fillRate),
      wasteRate: over(({ wasteRate }) => wasteRate),
      costs: isBound
        ? null
        : {
            holding: mean('holding'),
            ordering: mean('ordering'),
            lostMargin: mean('lostMargin'),
            waste: mean('waste'),
          },
    };
  });
}
