import { formatCount } from '../output/format.js';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';

/** How many records may be refused before a run counts as failed. */
export interface MaxRejects {
  readonly count?: number;
  /** Of the records read, 0 to 100. */
  readonly percent?: number;
}

/** Reads `--max-rejects`: a number, or a share such as `1%` or `0.5%`. */
export function parseMaxRejects(text: string | undefined): MaxRejects {
  if (text === undefined) return {};
  const { number = '', percent } =
    /^(?<number>\d+(?:\.\d+)?)(?<percent>\s*%)?$/.exec(text.trim())?.groups ?? {};
  const value = number === '' ? Number.NaN : Number(number);
  if (percent === undefined ? Number.isSafeInteger(value) : value <= 100)
    return percent === undefined ? { count: value } : { percent: value };
  throw new CliError('USAGE', `Expected --max-rejects to be a number, or a share such as 1%, got ${text}.`);
}

/** Where refused records go once they are right. */
export interface ReplayTarget {
  readonly stream: string;
  readonly map?: string;
}

/** The commands that send files of refused records again, between backticks. */
export function replayCommands(files: readonly string[], { stream, map }: ReplayTarget): string {
  const to = stream === names.deliveryStream ? '' : ` --stream ${shellWord(stream)}`;
  const by = map === undefined ? '' : ` --map ${shellWord(map)}`;
  return files.map((file) => `\`store replay ${shellWord(file)}${by}${to}\``).join(', ');
}

/**
 * The error with which a run ends that refused too much; undefined where it did not. Every record refused is always too
 * much, and in a dry run any is, unless `--max-rejects` allows it.
 */
export function tooManyRejects(
  max: MaxRejects,
  read: number,
  rejected: number,
  files: readonly string[],
  flags: ReplayTarget & { readonly dryRun?: boolean },
): CliError | undefined {
  const { dryRun = false } = flags;
  if (rejected === 0) return undefined;
  const share = (rejected / read) * 100;
  const all = rejected >= read;
  // A dry run is asked whether anything is wrong; a run that sends keeps what is wrong, and continues.
  const unlimited = max.count === undefined && max.percent === undefined;
  const { count = unlimited && dryRun ? 0 : Infinity, percent = Infinity } = max;
  if (!all && count >= rejected && percent >= share) return undefined;
  const limit = max.percent === undefined ? formatCount(count) : `${max.percent} %`;
  const message = all
    ? `${read === 1 ? 'The only record was' : `All ${formatCount(read)} records were`} refused.`
    : `${formatCount(rejected)} of ${formatCount(read)} records were refused${unlimited ? '' : `, more than --max-rejects ${limit} allows`}.`;
  return new CliError('TOO_MANY_REJECTS', message, {
    ...(dryRun ? { exitCode: 3 } : {}),
    fix: `Look at ${files.join(', ')}; fix what is wrong, and send them with ${replayCommands(files, flags)}.`,
  });
}
