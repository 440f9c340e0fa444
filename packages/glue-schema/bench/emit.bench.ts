/**
 * How much of the time of a default TypeScript program does an emission take, for a type of 20 and of 500 fields?
 *
 * The rival is what any tool that builds on the compiler pays first: `createProgram` with default libraries over the
 * same file, and its type checker. CPU time, interleaved rounds, medians; each round opens new programs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitSchema } from '@store/glue-schema/compiler';
import typescript6 from 'typescript';
import typescript5 from 'typescript-5';
import * as typescript7 from 'typescript-7/unstable/sync';

const rounds = 7;
const folder = mkdtempSync(join(tmpdir(), 'emit-bench-'));
const kinds = [
  'string',
  'number',
  'boolean',
  "'a' | 'b' | 'c'",
  '{ city: string; zip?: string }',
  'string[]',
];

function typeOf(fields: number): string {
  const lines = Array.from(
    { length: fields },
    (_, n) => `  /** Field number ${n}. */\n  field_${n}: ${kinds[n % kinds.length] ?? 'string'};`,
  );
  const file = join(folder, `type-${fields}.ts`);
  writeFileSync(file, `export interface Wide {\n${lines.join('\n')}\n}\n`);
  return file;
}

/** Creates the program and its checker, as every tool must. */
function defaultProgram(ts: typeof typescript6, entry: string): void {
  ts.createProgram([entry], { strict: true, target: ts.ScriptTarget.ES2022 }).getTypeChecker();
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function wallMs(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

// The two versions differ in declarations that this file does not touch.
const classics: readonly (readonly [string, typeof typescript6])[] = [
  ['5.9', typescript5 as unknown as typeof typescript6],
  ['6.0', typescript6],
];

const lines: string[] = [];
for (const fields of [20, 500]) {
  const entry = typeOf(fields);
  for (const [version, ts] of classics) {
    const emits: number[] = [];
    const programs: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const emit = cpuMs(() => emitSchema({ entry, type: 'Wide', typescript: ts }));
      const program = cpuMs(() => {
        defaultProgram(ts, entry);
      });
      if (round < 0) continue; // the first warms the module up
      emits.push(emit);
      programs.push(program);
    }
    const [emit, program] = [median(emits), median(programs)];
    lines.push(
      `| ${fields} | ${version} | CPU | ${program.toFixed(0)} ms | ${emit.toFixed(0)} ms | ${(emit / program).toFixed(2)} |`,
    );
  }
  // TypeScript 7 works in a process of its own, whose CPU time is not ours to read: wall time, against 6.0's.
  const native: number[] = [];
  const programs: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const emit = wallMs(() => emitSchema({ entry, type: 'Wide', typescript: typescript7 }));
    const program = wallMs(() => {
      defaultProgram(typescript6, entry);
    });
    if (round < 0) continue;
    native.push(emit);
    programs.push(program);
  }
  const [emit, program] = [median(native), median(programs)];
  lines.push(
    `| ${fields} | 7.0 | wall | ${program.toFixed(0)} ms (6.0) | ${emit.toFixed(0)} ms | ${(emit / program).toFixed(2)} |`,
  );
}
rmSync(folder, { recursive: true, force: true });
console.log(
  [
    '| fields | TypeScript | time | default program | emitSchema | ratio |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n'),
);
