import type { SchemaDiagnostic } from '../diagnostic.js';

/** One finding below a type, however many paths lead to it. */
export interface Finding {
  readonly diagnostic: Omit<SchemaDiagnostic, 'path' | 'paths'>;
  /** From the object of the frame to the first place. */
  readonly path: string;
  /** How many paths of the frame lead to it. */
  readonly paths: number;
  /** Equal for findings of one cause. */
  readonly group: string;
  /** What a mapping made of the place: nothing is wrong with it any more. */
  readonly decided?: string;
  /** A rule of the mapping decided, not its default. */
  readonly byRule?: true;
  /** What `adopt` proposes. */
  readonly choice: string;
  /** The place cannot be edited: only a mapping helps. */
  readonly isForeign: boolean;
  /** Name of the type at fault. */
  readonly name?: string;
  /** The place from the nearest type with a name: what a mapping can say once for all paths. */
  readonly key?: string;
}

/** {@link Frame.low} where nothing came back: beyond every place. */
export const notCircular = 1e9;

/** What the walk of one object type found, with paths that start at that object: the same wherever it stands. */
export class Frame {
  /** By code and place. */
  readonly findings: Map<string, Finding> = new Map<string, Finding>();
  /** Paths whose column types alone cannot prove. */
  readonly stated: Set<string> = new Set<string>();
  /** Frames of objects further in that have such paths too. */
  readonly inner: { readonly path: string; readonly frame: Frame }[] = [];
  /** Place, among the types being walked, of the outermost one that a recursion inside came back to. */
  low: number = notCircular;

  /** Adds a finding; one of the same code and place is one more path to it. */
  add(id: string, finding: Finding): void {
    const known = this.findings.get(id);
    this.findings.set(id, known === undefined ? finding : { ...known, paths: known.paths + finding.paths });
  }

  /** Takes over what was found in an object at `path`, which is named where it has a name. */
  take(frame: Frame, path: string, name?: string): void {
    for (const [id, finding] of frame.findings) {
      const key = finding.key ?? (name === undefined ? undefined : name + finding.path);
      this.add(id, { ...finding, path: path + finding.path, ...(key === undefined ? {} : { key }) });
    }
    if (frame.stated.size > 0 || frame.inner.length > 0) this.inner.push({ path, frame });
  }

  /** Takes back that places have no column: another member of a union has it. */
  forget(code: SchemaDiagnostic['code'], paths: ReadonlySet<string>): void {
    for (const [id, { diagnostic, path }] of this.findings)
      if (diagnostic.code === code && diagnostic.severity === 'info' && paths.has(path))
        this.findings.delete(id);
  }

  /** Every stated path below `path`, in full. */
  *statedPaths(path: string): Iterable<string> {
    for (const each of this.stated) yield path + each;
    for (const { path: step, frame } of this.inner) yield* frame.statedPaths(path + step);
  }
}
