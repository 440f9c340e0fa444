#!/usr/bin/env node
// Before the command is loaded, nothing of it can say what goes wrong.
const fixes = {
  EMFILE: 'Raise the limit of open files (`ulimit -n`).',
  ENFILE: 'End other programs: the system has no more open files to give.',
  ERR_MODULE_NOT_FOUND: 'Install the command again, or build it: `npm run build -- @store/cli`.',
};
try {
  await import('../dist/main.js');
} catch (error) {
  const fix = fixes[error?.code];
  if (fix === undefined) throw error;
  console.error(`Error: The command cannot be loaded. ${error.message}\nFix: ${fix}`);
  process.exitCode = 1;
}
