import { KeyedTurns } from '../keyed-turns.js';
import type { AthenaEntry, AthenaState, PreparedStatement } from './athena-state.js';
import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text, type Shape } from '../wire/shape.js';
import { invalidRequest, QueryFailure } from './athena-error.js';
import { queryLimits } from '../query/query-limits.js';
import { ServiceError } from '../wire/service-error.js';
import { pageOf } from './execution-inputs.js';
import type { WorkGroups } from './work-groups.js';

const name: Shape<string> = text(1, 256, '[a-zA-Z_][a-zA-Z0-9_@:]{1,256}');
const of = { StatementName: name, WorkGroup: text(undefined, 128) };
const one = structure(of, ['StatementName', 'WorkGroup']);
const whole = structure({ ...of, QueryStatement: text(1, 262_144), Description: text(undefined, 1024) }, [
  'StatementName',
  'WorkGroup',
  'QueryStatement',
]);

/** The actions on prepared statements. */
export const preparedStatementActions: Actions<PreparedStatements> = new Map([
  [
    'CreatePreparedStatement',
    action(
      whole,
      async ({ WorkGroup, StatementName, QueryStatement, Description }, to: PreparedStatements) => {
        await to.put(WorkGroup, StatementName, QueryStatement, {
          description: Description,
          check() {
            if (to.find(WorkGroup, StatementName) === undefined) return;
            throw invalidRequest(
              `PreparedStatement ${StatementName} already exists in workgroup ${WorkGroup}.`,
            );
          },
        });
        return {};
      },
    ),
  ],
  [
    'UpdatePreparedStatement',
    action(
      whole,
      async ({ WorkGroup, StatementName, QueryStatement, Description }, to: PreparedStatements) => {
        await to.put(WorkGroup, StatementName, QueryStatement, {
          description: Description,
          check: () => to.require(WorkGroup, StatementName),
        });
        return {};
      },
    ),
  ],
  [
    'GetPreparedStatement',
    action(one, ({ WorkGroup, StatementName }, to: PreparedStatements) => ({
      PreparedStatement: shown(to.require(WorkGroup, StatementName)),
    })),
  ],
  [
    'BatchGetPreparedStatement',
    action(
      structure({ PreparedStatementNames: list(text(), undefined, 50), WorkGroup: text(undefined, 128) }, [
        'PreparedStatementNames',
        'WorkGroup',
      ]),
      ({ PreparedStatementNames: names, WorkGroup }, to: PreparedStatements) => ({
        PreparedStatements: names.flatMap((StatementName) => {
          const found = to.get(WorkGroup, StatementName);
          return found === undefined ? [] : [shown(found)];
        }),
        UnprocessedPreparedStatementNames: names
          .filter((StatementName) => to.get(WorkGroup, StatementName) === undefined)
          .map((StatementName) => ({
            StatementName,
            ErrorCode: 'STATEMENT_NOT_FOUND',
            ErrorMessage: `PreparedStatement ${StatementName} was not found in workGroup ${WorkGroup}`,
          })),
      }),
    ),
  ],
  [
    'ListPreparedStatements',
    action(
      structure({ WorkGroup: text(undefined, 128), MaxResults: integer(1, 50), NextToken: text() }, [
        'WorkGroup',
      ]),
      (input, to: PreparedStatements) => {
        const { items, nextToken } = pageOf(to.of(input.WorkGroup), input, 50);
        const PreparedStatements = items.map(({ StatementName, LastModifiedTime }) => ({
          StatementName,
          LastModifiedTime,
        }));
        return { PreparedStatements, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      },
    ),
  ],
  [
    'DeletePreparedStatement',
    action(one, async ({ WorkGroup, StatementName }, to: PreparedStatements) => {
      await to.drop(WorkGroup, StatementName, () => to.require(WorkGroup, StatementName));
      return {};
    }),
  ],
]);

function shown({ WorkGroup, ...statement }: PreparedStatement): object {
  return { ...statement, WorkGroupName: WorkGroup };
}

/** Keeps the prepared statements of every workgroup. */
export class PreparedStatements {
  readonly #state: AthenaState;
  readonly #commit: (entry: AthenaEntry) => Promise<void>;
  readonly #seconds: () => number;
  readonly #groups: WorkGroups;
  /** Changes in one workgroup: each looks for its name, and for room, among all. */
  readonly #turns = new KeyedTurns();

  constructor(
    state: AthenaState,
    commit: (entry: AthenaEntry) => Promise<void>,
    seconds: () => number,
    groups: WorkGroups,
  ) {
    this.#state = state;
    this.#commit = commit;
    this.#seconds = seconds;
    this.#groups = groups;
  }

  /** A statement; `undefined` where there is none. */
  get(workGroup: string, statement: string): PreparedStatement | undefined {
    return this.#state.prepared.get(`${workGroup}\0${statement}`);
  }

  /** Its SQL; names fold to lower case within SQL, so that a name in other letters is found too. */
  find(workGroup: string, statement: string): string | undefined {
    const exact = this.get(workGroup, statement);
    const found =
      exact ?? this.of(workGroup).find(({ StatementName }) => StatementName.toLowerCase() === statement);
    return found?.QueryStatement;
  }

  /** Those of a workgroup. */
  of(workGroup: string): readonly PreparedStatement[] {
    this.#groups.require(workGroup);
    return [...this.#state.prepared.values()].filter(({ WorkGroup }) => WorkGroup === workGroup);
  }

  /** A statement, or Athena's error. */
  require(workGroup: string, statement: string): PreparedStatement {
    this.#groups.require(workGroup);
    const found = this.get(workGroup, statement);
    if (found !== undefined) return found;
    throw new ServiceError(
      'ResourceNotFoundException',
      `PreparedStatement ${statement} was not found in workGroup ${workGroup}`,
      400,
      { ResourceName: statement },
    );
  }

  /** Keeps a statement, in the place of one of that name unless the check throws. */
  async put(
    workGroup: string,
    statement: string,
    query: string,
    {
      description,
      check,
    }: { readonly description?: string | undefined; readonly check?: () => unknown } = {},
  ): Promise<void> {
    await this.#turns.run(workGroup, async () => {
      this.#groups.require(workGroup);
      check?.();
      await this.#put(workGroup, statement, query, description);
    });
  }

  async #put(
    workGroup: string,
    statement: string,
    query: string,
    description: string | undefined,
  ): Promise<void> {
    const most = queryLimits.preparedStatements;
    if (this.get(workGroup, statement) === undefined && this.of(workGroup).length >= most) {
      throw invalidRequest(`The workgroup has ${most} prepared statements, which is the most. Delete some.`);
    }
    await this.#commit({
      op: 'put-prepared',
      statement: {
        StatementName: statement,
        QueryStatement: query,
        WorkGroup: workGroup,
        ...(description === undefined ? {} : { Description: description }),
        LastModifiedTime: this.#seconds(),
      },
    });
  }

  /** Deletes a statement, unless the check throws. */
  async drop(workGroup: string, statement: string, check?: () => unknown): Promise<void> {
    await this.#turns.run(workGroup, async () => {
      check?.();
      if (this.get(workGroup, statement) === undefined) {
        throw new QueryFailure(`NOT_FOUND: Prepared statement not found: ${statement}`);
      }
      await this.#commit({ op: 'drop-prepared', workGroup, name: statement });
    });
  }
}
