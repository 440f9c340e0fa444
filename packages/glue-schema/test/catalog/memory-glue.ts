import {
  AlreadyExistsException,
  ConcurrentModificationException,
  EntityNotFoundException,
  GlueClient,
  type Table,
  type TableInput,
} from '@aws-sdk/client-glue';

/** A Glue of one table, held in memory behind a real client: it keeps versions and honours `VersionId`. */
export interface MemoryGlue {
  readonly glue: GlueClient;
  /** Names of the calls, in order. */
  readonly calls: string[];
  /** Versions, oldest first. */
  readonly versions: Table[];
  /** Runs before each update: the place for somebody else to be faster. */
  beforeUpdate: () => void;
  /** Changes the table as somebody else. */
  change(edit: (table: Table) => Table): void;
}

const metadata = { $metadata: {} };

/** Makes an empty one. */
export function createMemoryGlue(): MemoryGlue {
  const glue = new GlueClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const memory: MemoryGlue = {
    glue,
    calls: [],
    versions: [],
    beforeUpdate: () => undefined,
    change(edit) {
      const live = memory.versions.at(-1);
      if (live !== undefined) save(memory, edit(structuredClone(live)));
    },
  };
  glue.middlewareStack.add(
    (_next, context) => async (args) => {
      const command = String(context.commandName);
      memory.calls.push(command);
      const input = args.input as { TableInput?: TableInput; VersionId?: string };
      return { output: { ...answer(memory, command, input), ...metadata } as never, response: {} };
    },
    { step: 'initialize', name: 'memory-glue' },
  );
  return memory;
}

function save(memory: MemoryGlue, table: TableInput | Table): void {
  const stored: Table = {
    ...table,
    Name: table.Name,
    VersionId: String(memory.versions.length),
    CreateTime: new Date(0),
    UpdateTime: new Date(memory.versions.length * 1000),
    DatabaseName: 'lake',
    CatalogId: '000000000000',
  };
  memory.versions.push(stored);
}

function answer(
  memory: MemoryGlue,
  command: string,
  input: { TableInput?: TableInput; VersionId?: string },
): Record<string, unknown> {
  const live = memory.versions.at(-1);
  switch (command) {
    case 'CreateTableCommand':
      if (live !== undefined)
        throw new AlreadyExistsException({ message: 'Table already exists.', ...metadata });
      if (input.TableInput !== undefined) save(memory, structuredClone(input.TableInput));
      return {};
    case 'UpdateTableCommand': {
      memory.beforeUpdate();
      if (input.VersionId !== memory.versions.at(-1)?.VersionId) {
        throw new ConcurrentModificationException({
          message: 'Update table failed due to concurrent modifications.',
          ...metadata,
        });
      }
      if (input.TableInput !== undefined) save(memory, structuredClone(input.TableInput));
      return {};
    }
    case 'GetTableVersionsCommand':
      return {
        TableVersions: memory.versions.map((table) => ({
          Table: structuredClone(table),
          VersionId: table.VersionId,
        })),
      };
    default:
      if (live === undefined) throw new EntityNotFoundException({ message: 'Entity Not Found', ...metadata });
      return { Table: structuredClone(live) };
  }
}
