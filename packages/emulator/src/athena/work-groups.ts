import type { JournaledState, Journal } from '../journal.js';
import type { JsonInput } from '../json-input.js';
import { invalidRequest } from './athena-error.js';

/** A workgroup as Athena describes it. */
export interface WorkGroup {
  readonly Name: string;
  readonly State: 'ENABLED' | 'DISABLED';
  readonly Description: string;
  readonly CreationTime: number;
  readonly Configuration: Readonly<Record<string, unknown>>;
}

const engineVersion = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
};

/** What the workgroups' journal holds. */
export type WorkGroupEntry =
  { readonly op: 'put'; readonly group: WorkGroup } | { readonly op: 'drop'; readonly name: string };

/** Smallest limit that a workgroup may set; source: Athena API reference, WorkGroupConfiguration, read 2026-08. */
const MIN_SCAN_LIMIT_BYTES = 10_000_000;

/** Workgroups by name, as their journal's entries add up; `primary` is always there. */
export class WorkGroupState implements JournaledState<WorkGroupEntry> {
  readonly groups: Map<string, WorkGroup> = new Map<string, WorkGroup>();

  constructor(createdAt: number) {
    this.groups.set('primary', {
      Name: 'primary',
      State: 'ENABLED',
      Description: '',
      CreationTime: createdAt,
      Configuration: { EngineVersion: engineVersion },
    });
  }

  apply(entry: WorkGroupEntry): void {
    if (entry.op === 'put') this.groups.set(entry.group.Name, entry.group);
    else this.groups.delete(entry.name);
  }

  *snapshot(): Iterable<WorkGroupEntry> {
    for (const group of this.groups.values()) yield { op: 'put', group };
  }
}

/** The actions on workgroups. */
export class WorkGroups {
  readonly #groups: ReadonlyMap<string, WorkGroup>;
  readonly #journal: Journal<WorkGroupEntry>;

  constructor(state: WorkGroupState, journal: Journal<WorkGroupEntry>) {
    this.#groups = state.groups;
    this.#journal = journal;
  }

  /** The workgroup of that name, or Athena's error. */
  require(name: string): WorkGroup {
    const found = this.#groups.get(name);
    if (found === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
    return found;
  }

  /** Most bytes that one query of the workgroup may scan. */
  scanLimit(name: string): number {
    const limit = this.#groups.get(name)?.Configuration.BytesScannedCutoffPerQuery;
    return typeof limit === 'number' ? limit : Infinity;
  }

  /** `CreateWorkGroup` */
  async create(input: JsonInput, now: number): Promise<unknown> {
    const name = input.string('Name', { min: 1, max: 128 });
    if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
      throw invalidRequest(`WorkGroup name ${name} may hold letters, digits, ".", "_" and "-"`);
    }
    if (this.#groups.has(name)) throw invalidRequest('WorkGroup is already created');
    await this.#put({
      Name: name,
      State: 'ENABLED',
      Description: input.optionalString('Description', { max: 1024 }) ?? '',
      CreationTime: now,
      Configuration: { ...settingsOf(input, 'Configuration'), EngineVersion: engineVersion },
    });
    return {};
  }

  /** `UpdateWorkGroup` */
  async update(input: JsonInput): Promise<unknown> {
    const group = this.require(input.string('WorkGroup'));
    const state = input.optionalString('State');
    if (state !== undefined && state !== 'ENABLED' && state !== 'DISABLED') {
      throw invalidRequest(`Expected \`State\` to be ENABLED or DISABLED, got ${state}`);
    }
    await this.#put({
      ...group,
      State: state ?? group.State,
      Description: input.optionalString('Description') ?? group.Description,
      Configuration: updated(group.Configuration, settingsOf(input, 'ConfigurationUpdates')),
    });
    return {};
  }

  #put(group: WorkGroup): Promise<void> {
    return this.#journal.append({ op: 'put', group });
  }

  /** `GetWorkGroup` */
  get(input: JsonInput): unknown {
    return { WorkGroup: this.require(input.string('WorkGroup')) };
  }

  /** `ListWorkGroups` */
  list(): unknown {
    return {
      WorkGroups: [...this.#groups.values()].map(({ Configuration, ...summary }) => ({
        ...summary,
        EngineVersion: Configuration.EngineVersion,
      })),
    };
  }

  /** `DeleteWorkGroup` */
  async delete(input: JsonInput): Promise<unknown> {
    const { Name } = this.require(input.string('WorkGroup'));
    if (Name === 'primary') throw invalidRequest('The primary workgroup cannot be deleted');
    await this.#journal.append({ op: 'drop', name: Name });
    return {};
  }
}

type Settings = Readonly<Record<string, unknown>>;

function settingsOf(input: JsonInput, field: string): Settings {
  const given = input.optionalObject(field);
  given?.optionalInteger('BytesScannedCutoffPerQuery', { min: MIN_SCAN_LIMIT_BYTES });
  return Object.fromEntries((given?.names() ?? []).map((name) => [name, given?.raw(name)]));
}

/** Settings after an update, in which `RemoveX: true` takes X away. */
function updated(settings: Settings, updates: Settings): Settings {
  const removed = Object.keys(updates)
    .filter((name) => name.startsWith('Remove') && updates[name] === true)
    .map((name) => name.slice('Remove'.length));
  const kept = Object.entries({ ...settings, ...updates }).filter(
    ([name]) => !name.startsWith('Remove') && !removed.includes(name),
  );
  return Object.fromEntries(kept);
}
