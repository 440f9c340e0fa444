import { randomUUID } from 'node:crypto';
import { KeyedTurns } from '../keyed-turns.js';
import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { queryLimits } from '../query/query-limits.js';
import { invalidRequest } from './athena-error.js';
import type { AthenaEntry, AthenaState, NamedQuery } from './athena-state.js';
import { pageOf } from './execution-inputs.js';
import type { WorkGroups } from './work-groups.js';

const one = structure({ NamedQueryId: text(1, 128) }, ['NamedQueryId']);
const queryText = text(1, 262_144);
/** New queries go one after the other: each looks for its token, and for room, among all. No ID is empty. */
const NEW_QUERIES = '';

/** The actions on named queries. */
export const namedQueryActions: Actions<NamedQueries> = new Map([
  [
    'CreateNamedQuery',
    action(
      structure(
        {
          Name: text(1, 128),
          Description: text(undefined, 1024),
          Database: text(1, 255),
          QueryString: queryText,
          ClientRequestToken: text(32, 128),
          WorkGroup: text(),
        },
        ['Name', 'Database', 'QueryString'],
      ),
      async ({ ClientRequestToken: token, WorkGroup = 'primary', ...given }, to: NamedQueries) => {
        const NamedQueryId = await to.create({ ...given, WorkGroup }, token);
        return { NamedQueryId };
      },
    ),
  ],
  [
    'GetNamedQuery',
    action(one, ({ NamedQueryId: id }, to: NamedQueries) => ({ NamedQuery: to.require(id) })),
  ],
  [
    'BatchGetNamedQuery',
    action(
      structure({ NamedQueryIds: list(text(), 1, 50) }, ['NamedQueryIds']),
      ({ NamedQueryIds: ids }, to: NamedQueries) => ({
        NamedQueries: ids.flatMap((id) => to.get(id) ?? []),
        UnprocessedNamedQueryIds: ids
          .filter((id) => to.get(id) === undefined)
          .map((NamedQueryId) => ({
            NamedQueryId,
            ErrorCode: 'INVALID_INPUT',
            ErrorMessage: `NamedQuery ${NamedQueryId} was not found`,
          })),
      }),
    ),
  ],
  [
    'ListNamedQueries',
    action(
      structure({ WorkGroup: text(), MaxResults: integer(0, 50), NextToken: text() }),
      ({ WorkGroup: workGroup = 'primary', ...input }, to: NamedQueries) => {
        const { items, nextToken } = pageOf(to.of(workGroup), input, 50);
        return {
          NamedQueryIds: items.map(({ NamedQueryId }) => NamedQueryId),
          ...(nextToken === undefined ? {} : { NextToken: nextToken }),
        };
      },
    ),
  ],
  [
    'UpdateNamedQuery',
    action(
      structure(
        {
          NamedQueryId: text(1, 128),
          Name: text(1, 128),
          Description: text(undefined, 1024),
          QueryString: queryText,
        },
        ['NamedQueryId', 'Name', 'QueryString'],
      ),
      async ({ NamedQueryId: id, ...given }, to: NamedQueries) => {
        await to.update(id, given);
        return {};
      },
    ),
  ],
  [
    'DeleteNamedQuery',
    action(one, async ({ NamedQueryId: id }, to: NamedQueries) => {
      await to.drop(id);
      return {};
    }),
  ],
]);

/** Keeps the named queries. */
export class NamedQueries {
  readonly #state: AthenaState;
  readonly #commit: (entry: AthenaEntry) => Promise<void>;
  readonly #groups: WorkGroups;
  /** Changes of one query by its ID; new queries have one turn for all. */
  readonly #turns = new KeyedTurns();

  constructor(state: AthenaState, commit: (entry: AthenaEntry) => Promise<void>, groups: WorkGroups) {
    this.#state = state;
    this.#commit = commit;
    this.#groups = groups;
  }

  /** A query; `undefined` where there is none. */
  get(id: string): NamedQuery | undefined {
    return this.#state.named.get(id)?.query;
  }

  /** A query, or Athena's error. */
  require(id: string): NamedQuery {
    const found = this.get(id);
    if (found === undefined) throw invalidRequest(`NamedQuery ${id} was not found`);
    return found;
  }

  /** Those of a workgroup. */
  of(workGroup: string): readonly NamedQuery[] {
    this.#groups.require(workGroup);
    return [...this.#state.named.values()]
      .map(({ query }) => query)
      .filter(({ WorkGroup }) => WorkGroup === workGroup);
  }

  /** Keeps a new query and returns its ID; the same token returns the same query. */
  async create(given: Omit<NamedQuery, 'NamedQueryId'>, token: string | undefined): Promise<string> {
    return this.#turns.run(NEW_QUERIES, () => this.#create(given, token));
  }

  async #create(given: Omit<NamedQuery, 'NamedQueryId'>, token: string | undefined): Promise<string> {
    this.#groups.require(given.WorkGroup);
    const known = [...this.#state.named.values()].find((one) => token !== undefined && one.token === token);
    if (known !== undefined) return known.query.NamedQueryId;
    if (this.#state.named.size >= queryLimits.namedQueries) {
      throw invalidRequest(
        `There are ${queryLimits.namedQueries} named queries, which is the most here. Delete some.`,
      );
    }
    const NamedQueryId = randomUUID();
    await this.#commit({
      op: 'put-named',
      query: { ...given, NamedQueryId },
      ...(token === undefined ? {} : { token }),
    });
    return NamedQueryId;
  }

  /** Changes what is given of a query. */
  async update(id: string, given: Partial<NamedQuery>): Promise<void> {
    await this.#turns.run(id, async () => {
      await this.#commit({ op: 'put-named', query: { ...this.require(id), ...given } });
    });
  }

  /** Deletes a query. */
  async drop(id: string): Promise<void> {
    await this.#turns.run(id, async () => {
      this.require(id);
      await this.#commit({ op: 'drop-named', id });
    });
  }
}
