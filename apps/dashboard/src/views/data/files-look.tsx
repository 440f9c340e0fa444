import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FileAnswer, FilesAnswer } from '@store/page-protocol';
import { olderRun } from '../../bar/run-choice.js';
import { post } from '../../feed.js';
import { bytes, count } from '../../format.js';
import type { LookProps } from '../view-props.js';
import { clockTime, Facts, TwoPanes } from './two-panes.js';
import { useAnswer } from './use-answer.js';

const everyMs = 2000;

/** Parquet files by partition, and what is in each. */
export function FilesLook({ address, status, onLook }: LookProps): JSX.Element {
  const { entry } = address;
  const run = olderRun(address, status);
  const { answer, problem, again } = useAnswer<FilesAnswer>(
    'api/data/files',
    run === undefined ? {} : { run: String(run) },
    everyMs,
  );
  const [flushing, setFlushing] = useState<'no' | 'yes' | 'failed'>('no');
  const flush = (): void => {
    setFlushing('yes');
    post('api/data/flush', {}).then(
      () => {
        setFlushing('no');
        again();
      },
      () => {
        setFlushing('failed');
      },
    );
  };
  return (
    <>
      <div class="data-bar">
        <small role="status">
          {answer === undefined ? (problem ?? 'Looking…') : filesText(answer)}
          {flushing === 'failed' ? ' They could not be written now.' : ''}
        </small>
        <button
          type="button"
          disabled={flushing === 'yes' || (answer?.waitingRows ?? 0) === 0}
          title="Firehose writes by itself after 300 s or 128 MB"
          onClick={flush}
        >
          {flushing === 'yes' ? 'Writing…' : 'Flush now'}
        </button>
      </div>
      <TwoPanes
        name="Files"
        head={[
          { title: 'Partition' },
          { title: 'Rows', isNumber: true },
          { title: 'Size', isNumber: true },
          { title: 'Written' },
        ]}
        rows={(answer?.shown ?? []).map((file) => ({
          id: file.key,
          cells: [file.partition, count(file.rows), bytes(file.bytes), clockTime(file.writtenAt)],
        }))}
        empty="No Parquet file yet. Rows that wait can be queried all the same."
        chosen={entry}
        onChoose={(key) => {
          onLook({ look: 'files', entry: key });
        }}
      >
        {entry === undefined ? (
          <p class="data-empty">Choose a file to see its columns.</p>
        ) : (
          <File name={entry} />
        )}
      </TwoPanes>
    </>
  );
}

function filesText({ files, rows, bytes: size, waitingRows, nextAt }: FilesAnswer): string {
  const there =
    files === 0
      ? ''
      : `${count(files)} ${files === 1 ? 'file' : 'files'}, ${count(rows)} rows, ${bytes(size)}. `;
  if (waitingRows === undefined) return `${there}The endpoint is down.`;
  if (nextAt === undefined) return `${there}Every acknowledged row is in a file.`;
  const left = Math.max(0, Math.round((Date.parse(nextAt) - Date.now()) / 1000));
  const when = left < 90 ? `${left} s` : `${Math.round(left / 60)} min`;
  return `${there}${count(waitingRows)} rows wait: ${files === 0 ? 'first' : 'next'} file in ${when}, or flush now.`;
}

function File({ name }: { readonly name: string }): JSX.Element {
  const { answer, problem } = useAnswer<FileAnswer>('api/data/file', { key: name }, undefined);
  if (answer === undefined) return <p class="data-empty">{problem ?? 'Looking…'}</p>;
  const { file, columns } = answer;
  return (
    <>
      <p class="data-name">{file.key}</p>
      <Facts
        facts={[
          ['Rows', count(file.rows)],
          ['Size', bytes(file.bytes)],
          ['Columns', count(columns.length)],
          ['Written', clockTime(file.writtenAt)],
        ]}
      />
      <div class="scroll" tabIndex={0} role="group" aria-label="Columns">
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type in the file</th>
              <th scope="col">Codec</th>
              <th scope="col" class="number">
                Compressed
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <td>{column.name}</td>
                <td>{column.type}</td>
                <td>{column.codec}</td>
                <td class="number">{bytes(column.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
