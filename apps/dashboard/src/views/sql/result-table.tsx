import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SqlAnswer } from '@store/page-protocol';

const rowPx = 30;
/** Rows of a table that are in the page at the same time, and how many of them above the first that is seen. */
const shown = 60;
const above = 15;

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|REAL|DOUBLE|DECIMAL)/;

/** Rows of a statement; of many, those around what is seen. */
export function ResultTable({
  answer,
  name,
}: {
  readonly answer: SqlAnswer;
  readonly name: string;
}): JSX.Element {
  const [top, setTop] = useState(0);
  const { columns, rows } = answer;
  if (columns[0]?.name === 'explain_key') {
    return <pre class="sql-plan">{rows.map((row) => String(row[1])).join('\n')}</pre>;
  }
  const from = Math.max(0, Math.min(rows.length - shown, Math.floor(top / rowPx) - above));
  const part = rows.slice(from, from + shown);
  const isNumber = columns.map(({ type }) => numeric.test(type));
  return (
    <div
      class="sql-rows"
      tabIndex={0}
      role="region"
      aria-label={name}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
    >
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map(({ name: column, type }, index) => (
              <th key={index} scope="col" title={type} class={isNumber[index] === true ? 'number' : ''}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={from} columns={columns.length} />
          {part.map((row, index) => (
            <tr key={from + index} aria-rowindex={from + index + 2}>
              {row.map((value, column) => (
                <td key={column} class={isNumber[column] === true ? 'number' : ''}>
                  {value === null ? <i title="NULL">∅</i> : String(value)}
                </td>
              ))}
            </tr>
          ))}
          <Space rows={rows.length - from - part.length} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for rows that are not there. */
function Space({ rows, columns }: { readonly rows: number; readonly columns: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden="true" class="space">
      <td colSpan={columns} style={{ height: `${rows * rowPx}px` }} />
    </tr>
  );
}
