import fc from 'fast-check';
import { compileJq, JqError } from '../src/index.js';
import { jsonText } from '../src/json.js';
import type { JqValue } from '../src/value.js';
import { arbitraryInput, arbitraryProgram } from './arbitraries.js';
import { askJq } from './oracle.js';

/** What a comparison with Debian's jq found. */
export interface Differential {
  readonly compared: number;
  /** Cases that our compiler refuses, at compile time or at run time, by name. */
  readonly refused: number;
  readonly failedAlike: number;
  readonly differences: readonly string[];
}

/** Our answer in the oracle's form; `undefined` when refused. */
export function ourAnswer(program: string, input: unknown): string | undefined {
  try {
    return jsonText({ ok: compileJq(program)(input) });
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    return error.code === 'RUNTIME' ? jsonText({ error: error.value }) : undefined;
  }
}

// jq's words on text that is no JSON tell how far its scanner came; all else must agree to the letter.
const comparable = (answer: string): string =>
  answer.replace(/"[^"]*\(while parsing '.*/s, '"cannot be parsed"}');

/** Compares generated programs over generated inputs; `cases` is reached in batches of one jq process each. */
export function runDifferential(seed: number, cases: number): Differential {
  const result = { compared: 0, refused: 0, failedAlike: 0, differences: [] as string[] };
  const inputsPerBatch = 20;
  const programsPerBatch = 50;
  for (let batch = 0; result.compared < cases; batch += 1) {
    const programs = fc.sample(arbitraryProgram, {
      seed: seed + batch * 2,
      numRuns: programsPerBatch,
    });
    const inputs = fc.sample(arbitraryInput, { seed: seed + batch * 2 + 1, numRuns: inputsPerBatch });
    const texts = inputs.map((input) => JSON.stringify(input));
    const answers = askJq(programs, texts);
    texts.forEach((text, row) => {
      programs.forEach((program, column) => {
        const theirs = answers[row]?.[column];
        if (theirs !== undefined) compare(result, program, text, theirs);
      });
    });
  }
  return result;
}

function compare(
  result: { compared: number; refused: number; failedAlike: number; differences: string[] },
  program: string,
  input: string,
  theirs: string,
): void {
  const ours = ourAnswer(program, JSON.parse(input) as JqValue);
  if (ours === undefined) {
    result.refused += 1;
    return;
  }
  result.compared += 1;
  if (comparable(ours) !== comparable(theirs)) {
    result.differences.push(`${program}\n  on ${input}\n  ours   ${ours}\n  jq 1.6 ${theirs}`);
  } else if (ours.startsWith('{"error"')) result.failedAlike += 1;
}
