import type { JournaledState } from '../journal.js';
import { KeyedTurns } from '../keyed-turns.js';
import { action, type Actions } from '../wire/service-entry.js';
import { boolean, integer, oneOf, structure, text, type Shape } from '../wire/shape.js';
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

/** Settings with their defaults: `primary` lets its queries choose, other groups decide for them. */
function configurationOf(
  given: Readonly<Record<string, unknown>>,
  enforces: boolean,
): Readonly<Record<string, unknown>> {
  return {
    ResultConfiguration: {},
    EnforceWorkGroupConfiguration: enforces,
    PublishCloudWatchMetricsEnabled: false,
    RequesterPaysEnabled: false,
    EnableMinimumEncryptionConfiguration: false,
    ...given,
    EngineVersion: engineVersion,
  };
}

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
      Configuration: configurationOf({}, false),
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

/** Settings of a workgroup, most of which are kept as they come. */
interface WorkGroupSettings {
  readonly BytesScannedCutoffPerQuery?: number;
}

interface CreateInput {
  readonly Name: string;
  readonly Description?: string;
  readonly Configuration?: WorkGroupSettings;
}

interface UpdateInput {
  readonly WorkGroup: string;
  readonly State?: WorkGroup['State'];
  readonly Description?: string;
  readonly ConfigurationUpdates?: WorkGroupSettings;
}

interface OneInput {
  readonly WorkGroup: string;
}

/** What a workgroup may be told; the endpoint acts on the limit and keeps the rest. */
const settings: Shape<WorkGroupSettings> = structure({
  BytesScannedCutoffPerQuery: integer(MIN_SCAN_LIMIT_BYTES),
});
const settingsUpdate: Shape<WorkGroupSettings> = structure({
  BytesScannedCutoffPerQuery: integer(MIN_SCAN_LIMIT_BYTES),
  RemoveBytesScannedCutoffPerQuery: boolean,
});
const createInput: Shape<CreateInput> = structure(
  {
    Name: text(1, 128, '[a-zA-Z0-9._-]{1,128}'),
    Description: text(undefined, 1024),
    Configuration: settings,
  },
  ['Name'],
);
const updateInput: Shape<UpdateInput> = structure(
  {
    WorkGroup: text(),
    State: oneOf('ENABLED', 'DISABLED'),
    Description: text(undefined, 1024),
    ConfigurationUpdates: settingsUpdate,
  },
  ['WorkGroup'],
);
const oneInput: Shape<OneInput> = structure({ WorkGroup: text() }, ['WorkGroup']);

/** The actions on workgroups. */
export const workGroupActions: Actions<WorkGroups> = new Map([
  ['CreateWorkGroup', action(createInput, (input, to: WorkGroups) => to.create(input))],
  ['UpdateWorkGroup', action(updateInput, (input, to: WorkGroups) => to.update(input))],
  ['GetWorkGroup', action(oneInput, (input, to: WorkGroups) => to.get(input))],
  ['ListWorkGroups', action(structure({}), (_input, to: WorkGroups) => to.list())],
  ['DeleteWorkGroup', action(oneInput, (input, to: WorkGroups) => to.delete(input))],
]);

/** Keeps the workgroups and answers for them. */
export class WorkGroups {
  readonly #groups: ReadonlyMap<string, WorkGroup>;
  readonly #commit: (entry: WorkGroupEntry) => Promise<void>;
  readonly #seconds: () => number;
  /** Changes of one workgroup, each of which writes it whole. */
  readonly #turns = new KeyedTurns();

  /**
   * @param commit - resolves once the entry is on disk and part of the state
   * @param seconds - seconds since 1970, as Athena writes times
   */
  constructor(
    state: WorkGroupState,
    commit: (entry: WorkGroupEntry) => Promise<void>,
    seconds: () => number,
  ) {
    this.#groups = state.groups;
    this.#commit = commit;
    this.#seconds = seconds;
  }

  /** The workgroup of that name, or Athena's error. */
  require(name: string): WorkGroup {
    const found = this.#groups.get(name);
    if (found === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
    return found;
  }

  /** Where queries of the workgroup leave their results, and whether they may choose another place. */
  output(name: string): {
    readonly location: string | undefined;
    readonly decides: boolean;
    /** Results are kept by the service, and are no objects. */
    readonly managed: boolean;
  } {
    const settings = this.#groups.get(name)?.Configuration ?? {};
    const { ResultConfiguration: result, EnforceWorkGroupConfiguration: enforce } = settings;
    const location =
      typeof result === 'object' && result !== null && 'OutputLocation' in result
        ? result.OutputLocation
        : undefined;
    const { ManagedQueryResultsConfiguration: managed } = settings;
    return {
      location: typeof location === 'string' ? location : undefined,
      decides: enforce === true,
      managed:
        typeof managed === 'object' && managed !== null && 'Enabled' in managed && managed.Enabled === true,
    };
  }

  /** Most bytes that one query of the workgroup may scan. */
  scanLimit(name: string): number {
    const limit = this.#groups.get(name)?.Configuration.BytesScannedCutoffPerQuery;
    return typeof limit === 'number' ? limit : Infinity;
  }

  /** `CreateWorkGroup` */
  async create({ Name: name, Description = '', Configuration }: CreateInput): Promise<unknown> {
    return this.#turns.run(name, async () => {
      if (this.#groups.has(name)) throw invalidRequest('WorkGroup is already created');
      return this.#put({
        Name: name,
        State: 'ENABLED',
        Description,
        CreationTime: this.#seconds(),
        Configuration: configurationOf({ ...Configuration }, true),
      });
    });
  }

  /** `UpdateWorkGroup` */
  async update(input: UpdateInput): Promise<unknown> {
    return this.#turns.run(input.WorkGroup, async () => {
      const group = this.require(input.WorkGroup);
      return this.#put({
        ...group,
        State: input.State ?? group.State,
        Description: input.Description ?? group.Description,
        Configuration: updated(group.Configuration, { ...input.ConfigurationUpdates }),
      });
    });
  }

  async #put(group: WorkGroup): Promise<unknown> {
    await this.#commit({ op: 'put', group });
    return {};
  }

  /** `GetWorkGroup` */
  get({ WorkGroup }: OneInput): unknown {
    return { WorkGroup: this.require(WorkGroup) };
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
  async delete({ WorkGroup }: OneInput): Promise<unknown> {
    return this.#turns.run(WorkGroup, async () => {
      const { Name } = this.require(WorkGroup);
      if (Name === 'primary') throw invalidRequest('The primary workgroup cannot be deleted');
      await this.#commit({ op: 'drop', name: Name });
      return {};
    });
  }
}

type Settings = Readonly<Record<string, unknown>>;

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
