import { inertText } from '@store/foundation';
import { coloursFor, plural } from '../output/format.js';
import { formatTable, sentences, type TableColumn } from '../output/table.js';
import { writeOut } from '../output/write-out.js';
import type { Terminal } from '../terminal/terminal.js';
import type { Row } from './compare.js';
import type { Estimated } from './intervals.js';

/** What was compared. */
export interface Setting {
  readonly seeds: readonly number[];
  readonly days: number;
  readonly stores: number;
  readonly products: number;
  /** Of the stores; several make sums of different money. */
  readonly currencies: readonly string[];
}

const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const rough = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A cost with as many digits as it needs. */
const amount = (value: number): string => (Math.abs(value) < 1000 ? money : rough).format(value);

/** Half of an interval, behind its mean. */
const half = ({ mean, high }: Estimated): string => (high === null ? '' : `± ${amount(high - mean)}`);

const percent = (share: Estimated | null): string | null =>
  share === null ? null : `${(share.mean * 100).toFixed(1)} %`;

/** Prints the policies, the cheapest first, and the bound below them. */
export async function printComparison(
  setting: Setting,
  rows: readonly Row[],
  failures: readonly { readonly policy: string }[],
  terminal: Terminal,
): Promise<void> {
  const { bold, dim } = coloursFor(terminal.stdout, terminal.env);
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  // What the table is for; its parts may be left out where a terminal is narrow.
  const kept = (title: string): TableColumn => ({ ...right(title), isWhole: true });
  const verdict = ['cost', '', 'over the first', '', 'service'];
  const parts = ['fill', 'waste', 'holding', 'ordering', 'lost', 'wasted'];
  const table = formatTable(
    [kept(''), { title: 'policy', isWhole: true }, ...verdict.map(kept), ...parts.map(right)],
    rows.map((row) => {
      const { rank, policy, cost, moreThanFirst, serviceLevel, fillRate, wasteRate, costs } = row;
      const parts = costs === null ? [] : [costs.holding, costs.ordering, costs.lostMargin, costs.waste];
      return [
        rank === null ? '' : String(rank),
        policy,
        amount(cost.mean),
        half(cost),
        moreThanFirst === null ? '' : `+${amount(moreThanFirst.mean)}`,
        moreThanFirst === null ? '' : half(moreThanFirst),
        ...[serviceLevel, fillRate, wasteRate].map((share) => percent(share) ?? ''),
        ...[0, 1, 2, 3].map((n) => (parts[n] === undefined ? '' : amount(parts[n]))),
      ];
    }),
    terminal,
  );
  const { seeds, days, stores, products, currencies } = setting;
  const worlds = `${plural(seeds.length, 'world')} of ${plural(stores, 'store')}, ${plural(products, 'product')}, ${plural(days, 'day')}`;
  const range =
    seeds.length === 1 ? `seed ${seeds[0] ?? 0}` : `seeds ${seeds[0] ?? 0} to ${seeds.at(-1) ?? 0}`;
  const interval =
    seeds.length === 1
      ? 'One world says nothing of chance: give --seeds. '
      : '± is half of the 95 % interval over seeds; "over the first" compares the same worlds. ';
  const missing = failures.map(({ policy }) => `✗  ${inertText(policy)} failed, see below\n`).join('');
  const mixed =
    currencies.length > 1
      ? `Costs add up ${currencies.join(', ')} as they are: rank such stores apart. `
      : '';
  await writeOut(
    terminal.stdout,
    `${bold(worlds)} ${dim(`(${range})`)}\n\n${table}\n${missing}\n` +
      `${dim(
        sentences(
          `${mixed}${interval}No policy can cost less than the bound, and none that knows no future reaches it.`,
          terminal,
        ),
      )}\n`,
  );
}
