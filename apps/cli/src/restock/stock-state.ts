import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { replaceFile } from '@store/durable';
import { formatCount } from '../output/format.js';
import { textIfThere, type FoundFile } from '../local/folder.js';

/** Rises when the columns of the state or their meaning change: a state of another format is rebuilt. */
const FORMAT = 1;
const manifestName = 'stock-now.json';

/** The state of a lake's shelves in a folder: a Parquet file, and a manifest that is written after it. */
interface Manifest {
  readonly format: number;
  /** What the state was made by, besides the objects. */
  readonly rules: string;
  /** Name of the Parquet file, and what it must be. */
  readonly file: string;
  readonly sha256: string;
  /** Size and time of each object of the lake that is in the state, by its path below the lake's folder. */
  readonly objects: Readonly<Record<string, string>>;
}

/** What the state is made from. */
export interface StateSource {
  /** Folder of the lake. */
  readonly lake: string;
  readonly objects: readonly FoundFile[];
  readonly rules: string;
}

/** A state that holds, with the objects that it lacks; or why there is none. */
export type StateFinding =
  | { readonly file: string; readonly lacks: readonly FoundFile[] }
  | { readonly file: undefined; readonly why: string };

/** Looks for the state of a lake. It holds where each of its objects still is in the lake as it was. */
export async function findState(folder: string, source: StateSource): Promise<StateFinding> {
  const text = await textIfThere(join(folder, manifestName));
  const missing = (why: string): StateFinding => ({ file: undefined, why });
  if (text === undefined) return missing('is missing');
  const manifest = parseManifest(text);
  if (manifest === undefined) return missing('is damaged or of another release');
  if (manifest.rules !== source.rules) return missing('was made by other rules');
  const file = join(folder, manifest.file);
  if ((await sha256(file)) !== manifest.sha256) return missing('is damaged');
  const present = marks(source);
  const held = Object.entries(manifest.objects);
  const gone = held.filter(([path, mark]) => present.get(path) !== mark);
  if (gone.length > 0) {
    return missing(
      `holds objects that are gone or changed (${formatCount(gone.length)}, such as ${gone[0]?.[0] ?? ''})`,
    );
  }
  const inState = new Set(held.map(([path]) => path));
  return { file, lacks: source.objects.filter(({ path }) => !inState.has(relative(source.lake, path))) };
}

/** Makes a file the state of a lake; gives its path. Until the manifest is there, the state before is. */
export async function keepState(folder: string, written: string, source: StateSource): Promise<string> {
  const sum = (await sha256(written)) ?? '';
  const name = `stock-now-${sum.slice(0, 16)}.parquet`;
  await rename(written, join(folder, name));
  const manifest: Manifest = {
    format: FORMAT,
    rules: source.rules,
    file: name,
    sha256: sum,
    objects: Object.fromEntries(marks(source)),
  };
  await replaceFile(join(folder, manifestName), JSON.stringify(manifest));
  for (const other of await readdir(folder)) {
    if (other.endsWith('.parquet') && other !== name) await rm(join(folder, other), { force: true });
  }
  return join(folder, name);
}

/** What an object is known by: its size and the time of its last change. */
function marks({ lake, objects }: StateSource): ReadonlyMap<string, string> {
  return new Map(
    objects.map(({ path, bytes, changedAtMs }) => [relative(lake, path), `${bytes} ${changedAtMs}`]),
  );
}

async function sha256(path: string): Promise<string | undefined> {
  const present = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!present) return undefined;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function parseManifest(text: string): Manifest | undefined {
  try {
    // The parse boundary: every member is looked at below.
    const value = JSON.parse(text) as Partial<Manifest> | null;
    const { format, rules, file, sha256: sum, objects } = value ?? {};
    if (format !== FORMAT || typeof rules !== 'string' || typeof sum !== 'string') return undefined;
    if (typeof file !== 'string' || !/^stock-now-[0-9a-f]{16}\.parquet$/.test(file)) return undefined;
    if (typeof objects !== 'object') return undefined;
    return { format, rules, file, sha256: sum, objects };
  } catch {
    return undefined;
  }
}
