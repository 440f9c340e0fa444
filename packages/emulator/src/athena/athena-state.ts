import type { JournaledState } from '../journal.js';
import { WorkGroupState, type WorkGroupEntry } from './work-groups.js';

/** A prepared statement as it is kept. */
export interface PreparedStatement {
  readonly StatementName: string;
  readonly QueryStatement: string;
  readonly WorkGroup: string;
  readonly Description?: string;
  readonly LastModifiedTime: number;
}

/** A named query as Athena describes it. */
export interface NamedQuery {
  readonly NamedQueryId: string;
  readonly Name: string;
  readonly Description?: string;
  readonly Database: string;
  readonly QueryString: string;
  readonly WorkGroup: string;
}

/** What Athena's journal holds. */
export type AthenaEntry =
  | WorkGroupEntry
  | { readonly op: 'put-prepared'; readonly statement: PreparedStatement }
  | { readonly op: 'drop-prepared'; readonly workGroup: string; readonly name: string }
  | { readonly op: 'put-named'; readonly query: NamedQuery; readonly token?: string }
  | { readonly op: 'drop-named'; readonly id: string };

/** All that Athena keeps, as its journal's entries add up. */
export class AthenaState implements JournaledState<AthenaEntry> {
  readonly workGroups: WorkGroupState;
  /** By workgroup and name. */
  readonly prepared: Map<string, PreparedStatement> = new Map<string, PreparedStatement>();
  readonly named: Map<string, { readonly query: NamedQuery; readonly token?: string }> = new Map<
    string,
    { readonly query: NamedQuery; readonly token?: string }
  >();

  constructor(createdAt: number) {
    this.workGroups = new WorkGroupState(createdAt);
  }

  apply(entry: AthenaEntry): void {
    switch (entry.op) {
      case 'put-prepared':
        this.prepared.set(`${entry.statement.WorkGroup}\0${entry.statement.StatementName}`, entry.statement);
        return;
      case 'drop-prepared':
        this.prepared.delete(`${entry.workGroup}\0${entry.name}`);
        return;
      case 'put-named': {
        const token = entry.token ?? this.named.get(entry.query.NamedQueryId)?.token;
        this.named.set(entry.query.NamedQueryId, {
          query: entry.query,
          ...(token === undefined ? {} : { token }),
        });
        return;
      }
      case 'drop-named':
        this.named.delete(entry.id);
        return;
      default:
        this.workGroups.apply(entry);
        if (entry.op === 'drop') this.#dropGroup(entry.name);
    }
  }

  /** A workgroup takes what is its own with it. */
  #dropGroup(name: string): void {
    for (const [key, { WorkGroup }] of this.prepared) if (WorkGroup === name) this.prepared.delete(key);
    for (const [id, { query }] of this.named) if (query.WorkGroup === name) this.named.delete(id);
  }

  *snapshot(): Iterable<AthenaEntry> {
    yield* this.workGroups.snapshot();
    for (const statement of this.prepared.values()) yield { op: 'put-prepared', statement };
    for (const { query, token } of this.named.values()) {
      yield { op: 'put-named', query, ...(token === undefined ? {} : { token }) };
    }
  }
}
