import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SchemaAnswer, SqlAnswer } from '@store/page-protocol';
import { count } from '../../format.js';
import { post } from '../../feed.js';
import { shortType } from './completion.js';

/** What the tree needs. */
export interface SchemaTreeProps {
  readonly schema: SchemaAnswer;
  /** Run whose events are counted; undefined for the newest. */
  readonly run: number | undefined;
  /** Counts again when it changes. */
  readonly counted: number;
  /** Writes a name where the caret is. */
  readonly onName: (name: string) => void;
}

/** Tables and their columns; the rows of a table are counted when it is unfolded. */
export function SchemaTree({ schema, run, counted, onName }: SchemaTreeProps): JSX.Element {
  return (
    <ul class="sql-tree">
      {schema.tables.map((table, index) => (
        <Table
          key={table.name}
          table={table}
          isFirst={index === 0}
          run={run}
          counted={counted}
          onName={onName}
        />
      ))}
    </ul>
  );
}

interface TableProps {
  readonly table: SchemaAnswer['tables'][number];
  readonly isFirst: boolean;
  readonly run: SchemaTreeProps['run'];
  readonly counted: number;
  readonly onName: SchemaTreeProps['onName'];
}

function Table({ table: { name, isView, columns }, isFirst, run, counted, onName }: TableProps): JSX.Element {
  const [unfolded, setUnfolded] = useState(isFirst);
  const [rows, setRows] = useState<string>();
  useEffect(() => {
    if (!unfolded) return undefined;
    const leave = new AbortController();
    post('api/query', { sql: `select count(*) from "${name}"`, run }, leave.signal).then(
      (answer) => {
        setRows(count(Number((answer as SqlAnswer).rows[0]?.[0] ?? 0)));
      },
      () => {
        // The endpoint is down, which the bar says; there is no count then.
        setRows(undefined);
      },
    );
    return () => {
      leave.abort();
    };
  }, [unfolded, name, run, counted]);
  return (
    <li>
      <div class="sql-table">
        <button
          type="button"
          aria-expanded={unfolded}
          onClick={() => {
            setUnfolded(!unfolded);
          }}
        >
          {name}
        </button>
        <small>
          {unfolded && rows !== undefined ? <span title="rows">{rows}</span> : isView ? 'view' : ''}
        </small>
      </div>
      {unfolded && (
        <ul>
          {columns.map((column) => (
            <li key={column.name}>
              <button
                type="button"
                title={column.comment}
                onClick={() => {
                  onName(column.name);
                }}
              >
                {column.name}
              </button>
              <small title={column.type}>{column.isPartition ? 'partition' : shortType(column.type)}</small>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
