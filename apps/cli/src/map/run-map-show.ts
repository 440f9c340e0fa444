import { presets } from '@store/intake';
import type { CommonFlags } from '../options/common-options.js';
import { formatTable } from '../output/table.js';
import { writeJson, writeOut } from '../output/write-out.js';
import type { Terminal } from '../terminal/terminal.js';
import { openMapping } from './open-mapping.js';

/** Runs `store map list`. */
export async function runMapList(flags: CommonFlags, { stdout, env }: Terminal): Promise<void> {
  const rows = Object.entries(presets).flatMap(([preset, documents]) =>
    documents.map(({ name, mode = 'events', description = '' }) => ({
      preset,
      form: name,
      mode,
      description,
    })),
  );
  if (flags.json === true) return writeJson(stdout, rows);
  const table = formatTable(
    [{ title: 'preset', isWhole: true }, { title: 'mode' }, { title: 'reads', wraps: true }],
    rows.map(({ preset, form, mode, description }) => [
      preset,
      mode,
      form === preset ? description : `${form}: ${description}`,
    ]),
    { stdout, env },
  );
  await writeOut(stdout, `${table}\n`);
}

/** Runs `store map show`: the document, whole. */
export async function runMapShow(name: string, { stdout, stderr, cwd }: Terminal): Promise<void> {
  const { documents } = await openMapping(name, cwd);
  const [first, ...others] = documents;
  if (others.length > 0) {
    const names = others.map((document) => document.name).join(', ');
    stderr.write(`${name} reads several forms; this is the first. Others: ${names}.\n`);
  }
  await writeJson(stdout, first);
}
