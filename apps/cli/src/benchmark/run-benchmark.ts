import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { costDefaults } from '@store/generator';
import { worldOf } from '../inventory/world.js';
import type { CommonFlags } from '../options/common-options.js';
import type { WorldFlags } from '../options/world-flags.js';
import { createProgress } from '../output/progress.js';
import { writeJson } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { compare, type Outcome } from './compare.js';
import { builtIn, type Subject } from './policy-messages.js';
import { PolicyThread, type ThreadOptions } from './policy-thread.js';
import { printComparison } from './print-comparison.js';

/** Flags of `store benchmark`. */
export interface BenchmarkFlags extends CommonFlags, WorldFlags {
  readonly policy?: readonly string[];
  readonly seeds: number;
  readonly callLimit: number;
}

/** A policy that did not get through every seed. */
export interface Failure {
  readonly policy: string;
  readonly seed: number;
  readonly message: string;
}

/** A row to be, with its thread once that has begun. */
interface Candidate {
  readonly policy: string;
  readonly subject: Subject;
  thread?: PolicyThread;
}

/** Runs `store benchmark`. */
export async function runBenchmark(flags: BenchmarkFlags, terminal: Terminal): Promise<void> {
  const { policy: files = [], seeds: count, seed: firstSeed } = flags;
  for (const [n, path] of files.entries()) {
    if (files.indexOf(path) !== n) throw new CliError('USAGE', `--policy ${path} is given twice.`);
    await checkFile(path, terminal.cwd);
  }
  if (firstSeed > Number.MAX_SAFE_INTEGER - count + 1)
    throw new CliError(
      'USAGE',
      `Expected --seed plus --seeds to stay below 2^53, got ${firstSeed} and ${count}.`,
    );
  const world = worldOf(flags);
  const seeds = Array.from({ length: count }, (_, n) => firstSeed + n);
  const candidates = candidatesOf(files, terminal.cwd);
  const open = (subject: Subject): PolicyThread => {
    const { callLimit } = flags;
    const stores = world.stores.map(({ store_id }) => store_id);
    const options: ThreadOptions = {
      subject,
      flags,
      stores,
      limitMs: callLimit * 1000,
      stderr: terminal.stderr,
    };
    return new PolicyThread(options);
  };
  const closeAll = (): Promise<unknown> =>
    Promise.all(candidates.flatMap(({ thread }) => (thread === undefined ? [] : [thread.close()])));
  terminal.signal.addEventListener('abort', () => void closeAll(), { once: true });
  const progress = createProgress(terminal, flags);
  try {
    progress.step('Comparing policies', candidates.length * count);
    await loadFiles(candidates, open);
    const results: (Outcome | Failure | undefined)[] = [];
    let done = 0;
    const waiting = [...candidates.entries()];
    const work = async (): Promise<void> => {
      for (
        let next = waiting.shift();
        next !== undefined && !terminal.signal.aborted;
        next = waiting.shift()
      ) {
        const [n, candidate] = next;
        results[n] = await scoreAll(candidate, seeds, open, () => {
          progress.update(++done);
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), candidates.length) }, work));
    terminal.signal.throwIfAborted();
    progress.end();
    const failures = results.filter((result) => result !== undefined && 'message' in result);
    const rows = compare(results.filter((result) => result !== undefined && 'totals' in result));
    const { stores, products } = world;
    const setting = {
      seeds,
      days: flags.days,
      stores: stores.length,
      products: products.length,
      currencies: currenciesOf(results),
      costs: { ...costDefaults, ...flags.worldFile?.costs },
    };
    if (flags.json === true) await writeJson(terminal.stdout, { ...setting, rows, failures });
    else await printComparison(setting, rows, failures, terminal);
    if (failures.length > 0) throw failed(failures);
  } catch (error) {
    progress.end('failed');
    // A thread that was ended for it has not failed.
    throw terminal.signal.aborted ? interruption(terminal.signal, 'Nothing was compared.') : error;
  } finally {
    await closeAll();
  }
}

/** Refuses what is no file of a program, before any work. */
async function checkFile(path: string, cwd: string): Promise<void> {
  const kinds = ['.ts', '.mts', '.js', '.mjs'];
  if (!kinds.includes(extname(path)))
    throw new CliError(
      'USAGE',
      `Expected --policy to be a file that ends in ${kinds.join(', ')}; got ${path}.`,
    );
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  if (found?.isFile() !== true)
    throw new CliError('USAGE', `The policy ${path} cannot be read: there is no such file.`, {
      fix: 'Look at the path; it is meant from the folder that you are in.',
    });
}

function candidatesOf(files: readonly string[], cwd: string): Candidate[] {
  return [
    ...files.map((file) => ({ policy: file, subject: { kind: 'file', path: resolve(cwd, file) } as const })),
    ...builtIn.map((name) => ({ policy: name, subject: { kind: 'built-in', name } as const })),
    { policy: 'clairvoyant bound', subject: { kind: 'bound' } },
  ];
}

/** Loads the files, each in its thread; one that holds no policy is wrong usage. */
async function loadFiles(
  candidates: readonly Candidate[],
  open: (subject: Subject) => PolicyThread,
): Promise<void> {
  const problems: string[] = [];
  for (const candidate of candidates) {
    if (candidate.subject.kind !== 'file') continue;
    candidate.thread = open(candidate.subject);
    const problem = await candidate.thread.ready();
    if (problem !== undefined) problems.push(`${candidate.policy}: ${problem}`);
  }
  if (problems.length > 0) throw new CliError('USAGE', problems.join(' '));
}

/** Scores one policy in every world; it ends at the first in which the policy fails. */
async function scoreAll(
  candidate: Candidate,
  seeds: readonly number[],
  open: (subject: Subject) => PolicyThread,
  next: () => void,
): Promise<Outcome | Failure> {
  const { policy, subject } = candidate;
  const thread = (candidate.thread ??= open(subject));
  const totals: number[] = [];
  const scores: Outcome['scores'][number][] = [];
  if (subject.kind !== 'file') await thread.ready();
  for (const seed of seeds) {
    const reply = await thread.score(seed);
    if (reply.kind === 'score') scores.push(reply.score);
    if (reply.kind === 'score') totals.push(reply.score.costs.total);
    else if (reply.kind === 'bound') totals.push(reply.bound.total);
    else return { policy, seed, message: reply.kind === 'ready' ? 'it gave no answer.' : reply.message };
    next();
  }
  await thread.close();
  return { policy, kind: subject.kind, totals, scores };
}

/** Currencies of the costs, as any score has them. */
function currenciesOf(results: readonly (Outcome | Failure | undefined)[]): readonly string[] {
  const outcome = results.find(
    (result) => result !== undefined && 'scores' in result && result.scores.length > 0,
  );
  return outcome !== undefined && 'scores' in outcome ? (outcome.scores[0]?.currencies ?? []) : [];
}

function failed(failures: readonly Failure[]): CliError {
  const texts = failures.map(({ policy, seed, message }) => `${policy} (seed ${seed}): ${message}`);
  return new CliError('POLICY_FAILED', texts.join(' · '), {
    fix: 'The other policies are compared above; run one alone with --policy and --seed to look at it.',
  });
}
