import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.mjs';
import { contentsOf, temporaryFolder } from './log-files.js';

/** Runs a writer until it has said this many lines, kills it, and returns every number that it said. */
async function acknowledgedBeforeKill(folder: string, first: number, lines: number): Promise<number[]> {
  const args = [await bundle(join(import.meta.dirname, 'kill-child.ts')), folder, String(first)];
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

test('what was acknowledged survives a kill -9, in order, and nothing is there twice', async () => {
  const folder = temporaryFolder();
  const acknowledged: number[] = [];
  let first = 0;
  for (const lines of [1, 60, 300]) {
    acknowledged.push(...(await acknowledgedBeforeKill(folder, first, lines)));
    const { texts, recovery } = await contentsOf(folder);
    const found = texts.map(Number);
    expect(recovery.damages).toEqual([]);
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
    const kept = new Set(found);
    expect(acknowledged.filter((value) => !kept.has(value))).toEqual([]);
    first = (found.at(-1) ?? -1) + 1;
  }
  rmSync(folder, { recursive: true });
});
