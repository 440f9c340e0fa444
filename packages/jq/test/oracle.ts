import { spawnSync } from 'node:child_process';

/** Whether Debian's jq 1.6, the version that Firehose names, is on this machine. */
export function hasJq16(): boolean {
  const found = spawnSync('jq', ['--version'], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.trim() === 'jq-1.6';
}

/**
 * What each program says of each input: `{"ok":[outputs]}` or `{"error":value}` as JSON text; `undefined` where
 * jq 1.6 itself aborts, as it does on dates beyond C's calendar.
 */
export function askJq(
  programs: readonly string[],
  inputs: readonly string[],
): readonly (readonly (string | undefined)[])[] {
  const attempts = programs.map((program) => `((try {ok:[${program}]} catch {error:.})|tojson)`);
  const found = spawnSync('jq', ['-c', `[${attempts.join(',\n')}]`], {
    input: inputs.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 300_000,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  if (found.status === 0) {
    // jq prints an array of strings for each input.
    return found.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string[]);
  }
  if (found.stderr.includes('compile error')) throw new Error(found.stderr.slice(0, 2000));
  if (programs.length === 1) return inputs.map(() => [undefined]);
  const half = programs.length >> 1;
  const left = askJq(programs.slice(0, half), inputs);
  const right = askJq(programs.slice(half), inputs);
  return inputs.map((_, row) => [...(left[row] ?? []), ...(right[row] ?? [])]);
}
