import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { openJournal } from '../src/journal.js';
import { Numbers } from './crash/numbers.js';

/** Runs a writer until it has said this many lines, kills it, and answers every number that it said. */
async function acknowledgedBeforeKill(path: string, first: number, lines: number): Promise<number[]> {
  const args = [await bundle(join(import.meta.dirname, 'crash/journal-writer.ts')), path, String(first)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.stdout.on('end', () => {
      resolve(text.slice(0, text.lastIndexOf('\n')).split('\n').map(Number));
    });
  });
}

test('what a journal acknowledged survives a kill -9, in order, and nothing is there twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  const path = join(folder, 'journal');
  let first = 0;
  const acknowledged: number[] = [];
  for (const lines of [1, 40, 400]) {
    acknowledged.push(...(await acknowledgedBeforeKill(path, first, lines)));
    const state = new Numbers();
    const journal = await openJournal({ path, state });
    await journal.close();
    expect(state.values).toEqual([...state.values].sort((a, b) => a - b));
    expect(new Set(state.values).size).toBe(state.values.length);
    const kept = new Set(state.values);
    expect(acknowledged.filter((value) => !kept.has(value))).toEqual([]);
    first = (state.values.at(-1) ?? -1) + 1;
  }
  await rm(folder, { recursive: true });
});
