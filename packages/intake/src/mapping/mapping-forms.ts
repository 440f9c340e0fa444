import { isRecord } from './columns.js';
import { mappingLimits } from './document.js';
import { parsePath, valuesAt } from './path.js';
import type { Mapping, MappingRun, MappingRunOptions } from './run-mapping.js';

/**
 * Returns the mapping of a source that comes in several forms, each with its own: the first that fits a header reads its file;
 * without a header, each record is read by the first that fits it.
 */
export function mappingOfForms(forms: readonly [Mapping, ...Mapping[]]): Mapping {
  const [first] = forms;
  if (forms.length === 1) return first;
  return {
    name: first.name,
    document: first.document,
    checkHeader: (columns) => nearestForm(forms, columns).checkHeader(columns),
    start(options = {}) {
      const { columns } = options;
      return columns === undefined ? runOfForms(forms, options) : nearestForm(forms, columns).start(options);
    },
  };
}

/** The form that fits, or that lacks least. */
function nearestForm(forms: readonly [Mapping, ...Mapping[]], columns: readonly string[]): Mapping {
  let [best] = forms;
  let least = Infinity;
  for (const form of forms) {
    const lacks = form.checkHeader(columns).length;
    if (lacks >= least) continue;
    best = form;
    least = lacks;
  }
  return best;
}

function runOfForms(forms: readonly [Mapping, ...Mapping[]], options: MappingRunOptions): MappingRun {
  const runs = new Map<Mapping, MappingRun>();
  return {
    read(record, line) {
      const form = forms.find((one) => holds(one, record)) ?? forms[0];
      let run = runs.get(form);
      if (run === undefined) {
        run = form.start(options);
        runs.set(form, run);
      }
      return run.read(record, line);
    },
  };
}

/** True for a record whose rows are where the mapping looks for them, or that has the columns itself. */
function holds(mapping: Mapping, record: unknown): boolean {
  if (!isRecord(record)) return false;
  const path = mapping.document?.records;
  if (path === undefined)
    return mapping.checkHeader(Object.keys(record).slice(0, mappingLimits.entries)).length === 0;
  const parsed = parsePath(path, 'every item');
  return typeof parsed !== 'string' && valuesAt(record, parsed.steps, 1).length > 0;
}
