import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ShelfPlot } from './shelf-plot.js';
import type { WorldWorker } from './ask-worker.js';
import type { Sample } from './sample.js';
import { playgroundLimits, type WorldForm } from './world-form.js';

/** What the tabs show: a world, the form that made it, and the thread that can read more of it. */
export interface SampleTabsProps {
  readonly sample: Sample;
  readonly form: WorldForm;
  readonly worker: WorldWorker;
}

const tabs = [
  ['events', 'Events', EventsTab],
  ['shelf', 'Shelf', ShelfTab],
  ['columns', 'Columns', ColumnsTab],
  ['download', 'Download', DownloadTab],
] as const;

const count = (many: number): string => many.toLocaleString('en');

/** Four views of one world. Arrow keys move between the tabs. */
export function SampleTabs(props: SampleTabsProps): JSX.Element {
  const [open, setOpen] = useState(0);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const next = (open + step + tabs.length) % tabs.length;
    setOpen(next);
    document.getElementById(`tab-${tabs[next]?.[0] ?? ''}`)?.focus();
  };
  return (
    <div class="sample">
      <div class="tabs" role="tablist" aria-label="Views of the world" onKeyDown={move}>
        {tabs.map(([id, name], n) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={n === open}
            aria-controls={`panel-${id}`}
            tabIndex={n === open ? 0 : -1}
            onClick={() => {
              setOpen(n);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      {tabs.map(([id, , View], n) => (
        <div
          key={id}
          id={`panel-${id}`}
          role="tabpanel"
          aria-labelledby={`tab-${id}`}
          hidden={n !== open}
          tabIndex={0}
        >
          {n === open ? <View {...props} /> : null}
        </div>
      ))}
    </div>
  );
}

function EventsTab({ sample }: SampleTabsProps): JSX.Element {
  const names = sample.columns.map(({ name }) => name);
  return (
    <>
      <p>
        The first {count(sample.lines.length)} of {sample.exact ? '' : 'about '}
        {count(sample.total)} events.
      </p>
      <div class="wide" role="region" aria-label="Events" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.lines.map((line, n) => (
              <EventRow key={n} line={line} names={names} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** One event; a line that chaos has broken is shown as it is. */
function EventRow({
  line,
  names,
}: {
  readonly line: string;
  readonly names: readonly string[];
}): JSX.Element {
  const event = objectIn(line);
  if (event === undefined) {
    return (
      <tr>
        <td colSpan={names.length}>
          <code>{line}</code>
        </td>
      </tr>
    );
  }
  return (
    <tr>
      {names.map((name) => (
        <td key={name}>{textOf(event[name])}</td>
      ))}
    </tr>
  );
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function ShelfTab({ sample, form, worker }: SampleTabsProps): JSX.Element {
  const [store, setStore] = useState(sample.busiest.store);
  const [product, setProduct] = useState(sample.busiest.product);
  const lists = [
    ['Store', sample.stores, store, setStore],
    ['Product', sample.products, product, setProduct],
  ] as const;
  return (
    <>
      <p class="choices">
        {lists.map(([label, list, chosen, choose]) => (
          <label key={label}>
            {label}{' '}
            <select
              value={chosen}
              onChange={({ currentTarget }) => {
                choose(Number(currentTarget.value));
              }}
            >
              {list.map(({ id, name }, n) => (
                <option key={id} value={n}>{`${name} (${id})`}</option>
              ))}
            </select>
          </label>
        ))}
      </p>
      <ShelfPlot form={form} worker={worker} store={store} product={product} />
    </>
  );
}

function ColumnsTab({ sample }: SampleTabsProps): JSX.Element {
  return (
    <>
      <div class="wide" role="region" aria-label="Glue columns" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Glue type</th>
              <th scope="col">Comment</th>
            </tr>
          </thead>
          <tbody>
            {sample.columns.map(({ name, type, comment }) => (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                </td>
                <td>
                  <code>{type}</code>
                </td>
                <td>{comment}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2>DDL for Athena</h2>
      <pre tabIndex={0}>{sample.ddl}</pre>
    </>
  );
}

function DownloadTab({ sample, form, worker }: SampleTabsProps): JSX.Element {
  const [said, say] = useState('');
  const download = async (): Promise<void> => {
    say('Writing…');
    const outcome = await worker.ndjson(form);
    if ('problem' in outcome) {
      say(outcome.problem.message);
      return;
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(outcome.result);
    link.download = `world-${form.seed}.ndjson`;
    link.click();
    URL.revokeObjectURL(link.href);
    say(`${count(outcome.result.size)} bytes written.`);
  };
  const isAll = sample.read < playgroundLimits.events;
  return (
    <>
      <p>
        {isAll
          ? `All ${count(sample.read)} events as NDJSON, one JSON object a line.`
          : `The first ${count(sample.read)} of about ${count(sample.total)} events as NDJSON. The command below writes all of them.`}
      </p>
      <p>
        <button type="button" onClick={() => void download()}>
          Download NDJSON
        </button>{' '}
        <span role="status">{said}</span>
      </p>
      <h2>The same world in a shell</h2>
      <pre tabIndex={0}>{sample.command}</pre>
    </>
  );
}
