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

/** Workgroups by name; `primary` is always there. */
export class WorkGroups {
  readonly #groups = new Map<string, WorkGroup>();

  constructor(createdAt: number) {
    this.#groups.set('primary', {
      Name: 'primary',
      State: 'ENABLED',
      Description: '',
      CreationTime: createdAt,
      Configuration: { EngineVersion: engineVersion },
    });
  }

  /** The workgroup of that name, or Athena's error. */
  require(name: string): WorkGroup {
    const found = this.#groups.get(name);
    if (found === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
    return found;
  }

  /** `CreateWorkGroup` */
  create(input: JsonInput, now: number): unknown {
    const name = input.string('Name', { min: 1, max: 128 });
    if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
      throw invalidRequest(`WorkGroup name ${name} may hold letters, digits, ".", "_" and "-"`);
    }
    if (this.#groups.has(name)) throw invalidRequest('WorkGroup is already created');
    this.#groups.set(name, {
      Name: name,
      State: 'ENABLED',
      Description: input.optionalString('Description', { max: 1024 }) ?? '',
      CreationTime: now,
      Configuration: { ...fieldsOf(input, 'Configuration'), EngineVersion: engineVersion },
    });
    return {};
  }

  /** `UpdateWorkGroup` */
  update(input: JsonInput): unknown {
    const group = this.require(input.string('WorkGroup'));
    const state = input.optionalString('State');
    if (state !== undefined && state !== 'ENABLED' && state !== 'DISABLED') {
      throw invalidRequest(`Expected \`State\` to be ENABLED or DISABLED, got ${state}`);
    }
    this.#groups.set(group.Name, {
      ...group,
      State: state ?? group.State,
      Description: input.optionalString('Description') ?? group.Description,
      Configuration: { ...group.Configuration, ...fieldsOf(input, 'ConfigurationUpdates') },
    });
    return {};
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
  delete(input: JsonInput): unknown {
    const { Name } = this.require(input.string('WorkGroup'));
    if (Name === 'primary') throw invalidRequest('The primary workgroup cannot be deleted');
    this.#groups.delete(Name);
    return {};
  }
}

function fieldsOf(input: JsonInput, field: string): Readonly<Record<string, unknown>> {
  const given = input.optionalObject(field);
  return Object.fromEntries((given?.names() ?? []).map((name) => [name, given?.raw(name)]));
}
