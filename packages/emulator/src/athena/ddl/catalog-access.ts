import { ServiceError } from '../../wire/service-error.js';
import { QueryFailure } from '../athena-error.js';
import type { Name } from '../statement/reader.js';

/** Calls an action of Glue as a client does: with its checks, and on disk when it answers. */
export type GlueCall = (action: string, input: object) => Promise<unknown>;

/** A column as Glue describes it. */
export interface GlueColumnFields {
  readonly Name: string;
  readonly Type: string;
  readonly Comment?: string;
}

/** Members of a storage descriptor that statements read. */
export interface GlueStorage {
  readonly Columns?: readonly GlueColumnFields[];
  readonly Location?: string;
  readonly InputFormat?: string;
  readonly OutputFormat?: string;
  readonly SerdeInfo?: {
    readonly SerializationLibrary?: string;
    readonly Parameters?: Readonly<Record<string, string>>;
  };
}

/** Members of a table that statements read. */
export interface GlueTable {
  readonly DatabaseName: string;
  readonly Name: string;
  readonly Description?: string;
  readonly Owner?: string;
  readonly TableType?: string;
  readonly CreateTime?: number;
  readonly LastAccessTime?: number;
  readonly Retention?: number;
  readonly StorageDescriptor?: GlueStorage;
  readonly PartitionKeys?: readonly GlueColumnFields[];
  readonly Parameters?: Readonly<Record<string, string>>;
  readonly ViewOriginalText?: string;
  readonly ViewExpandedText?: string;
}

/** Members of a database that statements read. */
export interface GlueDatabase {
  readonly Name: string;
  readonly Description?: string;
  readonly LocationUri?: string;
  readonly Parameters?: Readonly<Record<string, string>>;
}

/** Members of a partition that statements read. */
export interface GluePartition {
  readonly Values: readonly string[];
  readonly StorageDescriptor?: GlueStorage;
}

/** The catalog as statements use it; what it refuses becomes the reason of a query that failed. */
export class CatalogAccess {
  readonly #call: GlueCall;

  constructor(call: GlueCall) {
    this.#call = call;
  }

  /** Changes something; items of a batch that are there already are no failure. */
  async change(action: string, input: object): Promise<void> {
    try {
      const refusal = batchRefusal(await this.#call(action, input));
      if (refusal !== undefined) throw refusal;
    } catch (error) {
      throw error instanceof ServiceError ? hiveFailure(error) : error;
    }
  }

  /** All databases. */
  async databases(): Promise<readonly GlueDatabase[]> {
    return this.#all<GlueDatabase>('GetDatabases', {}, 'DatabaseList');
  }

  /** One database; `undefined` where there is none. */
  async database(name: string): Promise<GlueDatabase | undefined> {
    const answer = await this.#find('GetDatabase', { Name: name });
    // The parse boundary: Glue's own answer.
    return (answer as { readonly Database: GlueDatabase } | undefined)?.Database;
  }

  /** Tables of a database, those whose whole name is matched by an expression where there is one. */
  async tables(database: string, expression?: string): Promise<readonly GlueTable[]> {
    const chosen = expression === undefined || expression === '' ? {} : { Expression: expression };
    return this.#all<GlueTable>('GetTables', { DatabaseName: database, ...chosen }, 'TableList');
  }

  /** One table; `undefined` where there is none. */
  async table(database: string, name: string): Promise<GlueTable | undefined> {
    const answer = await this.#find('GetTable', { DatabaseName: database, Name: name });
    // The parse boundary: Glue's own answer.
    return (answer as { readonly Table: GlueTable } | undefined)?.Table;
  }

  /** Partitions of a table. */
  async partitions({ DatabaseName, Name }: GlueTable): Promise<readonly GluePartition[]> {
    return this.#all<GluePartition>('GetPartitions', { DatabaseName, TableName: Name }, 'Partitions');
  }

  async #find(action: string, input: object): Promise<unknown> {
    try {
      return await this.#call(action, input);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'EntityNotFoundException') return undefined;
      throw error instanceof ServiceError ? hiveFailure(error) : error;
    }
  }

  async #all<T>(action: string, input: object, list: string): Promise<readonly T[]> {
    const found: T[] = [];
    let token: string | undefined;
    do {
      // The parse boundary: Glue's own answer.
      const page = (await this.#call(action, {
        ...input,
        ...(token === undefined ? {} : { NextToken: token }),
      })) as Readonly<Record<string, unknown>>;
      // Its list is of what the action answers with.
      found.push(...((page[list] ?? []) as readonly T[]));
      token = typeof page.NextToken === 'string' ? page.NextToken : undefined;
    } while (token !== undefined);
    return found;
  }
}

/** Why an item of a batch is refused, except one that is there already; `undefined` where all went through. */
export function batchRefusal(answer: unknown): ServiceError | undefined {
  // The parse boundary: Glue's own answer.
  const { Errors: errors = [] } = answer as {
    readonly Errors?: readonly { readonly ErrorDetail: { ErrorCode: string; ErrorMessage: string } }[];
  };
  const found = errors.find(({ ErrorDetail }) => ErrorDetail.ErrorCode !== 'AlreadyExistsException');
  if (found === undefined) return undefined;
  const { ErrorCode, ErrorMessage } = found.ErrorDetail;
  return new ServiceError(ErrorCode, ErrorMessage, ErrorCode.startsWith('Internal') ? 500 : 400);
}

/** The reason of a statement that the catalog refused, as Athena writes it. */
export function hiveFailure({ code, message }: ServiceError): QueryFailure {
  return ddlFailure(`${code.replace(/Exception$/, '')}Exception(message:${message.replace(/\.$/, '')})`);
}

/** A DDL statement that does not go through. */
export function ddlFailure(said: string): QueryFailure {
  return new QueryFailure(
    `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${said}`,
  );
}

/** A database that is not there. */
export function noDatabase(name: string): QueryFailure {
  return new QueryFailure(`FAILED: SemanticException [Error 10072]: Database does not exist: ${name}`);
}

/** A table that is not there. */
export function noTable(database: string, name: string): QueryFailure {
  return new QueryFailure(`FAILED: SemanticException [Error 10001]: Table not found ${database}.${name}`);
}

/** A table as a statement names it, within the query's database; the words are in lower case. */
export function located(name: Name, database: string | undefined): Required<Name> & { database: string } {
  return { database: name.database ?? database?.toLowerCase() ?? 'default', name: name.name };
}
