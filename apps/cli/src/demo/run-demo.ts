import { resolve } from 'node:path';
import { claimRunFolder } from '../local/run-folder.js';
import { whileThere } from '../local/while-there.js';
import type { DemoFlags } from './flags.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { demoSummary, type DemoResult } from './demo-result.js';
import { choosePartitioning, runChain } from './run-chain.js';

/** Runs `store demo`. */
export async function runDemo(flags: DemoFlags, terminal: Terminal): Promise<void> {
  const layout = choosePartitioning(flags);
  const folder = await claimRunFolder(resolve(terminal.cwd, flags.out));
  const progress = createProgress(terminal, flags);
  if (layout.note !== undefined && flags.quiet !== true) terminal.stderr.write(`${layout.note}\n`);
  const { partitioning } = layout;
  const result = await whileThere(folder.path, async (): Promise<DemoResult> => {
    try {
      const found = await runChain({ flags, partitioning, dataDir: folder.path, progress }, terminal);
      await folder.finish(found);
      progress.end();
      return found;
    } catch (error) {
      progress.end('failed');
      throw error;
    } finally {
      await folder.release();
    }
  });
  if (flags.json === true) await writeJson(terminal.stdout, result);
  else if (flags.quiet !== true) {
    await writeOut(terminal.stdout, `${demoSummary(result, flags.out, terminal)}\n`);
  }
  checkNothingLost(result);
}

/** The promise of the chain, held against what an independent reader counts. */
function checkNothingLost({ eventsGenerated, eventsAccepted, rowsInLake, ambiguous }: DemoResult): void {
  // What was sent twice, since no answer came, may be there twice.
  const whole =
    eventsGenerated === eventsAccepted &&
    rowsInLake >= eventsAccepted &&
    rowsInLake <= eventsAccepted + ambiguous;
  if (whole) return;
  throw new CliError(
    'COUNTS_DISAGREE',
    `The counts do not agree: ${eventsGenerated} events made, ${eventsAccepted} acknowledged, ${rowsInLake} rows in the lake.`,
    { fix: 'This is a defect of the toolkit: keep the folder and report it.' },
  );
}
