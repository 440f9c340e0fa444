import { render, type JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import 'uplot/dist/uPlot.min.css';
import './playground.css';
import { formOf, hashOf } from './address.js';
import { WorldWorker } from './ask-worker.js';
import { FormPanel } from './form-panel.js';
import { SampleTabs } from './sample-tabs.js';
import type { Sample } from './sample.js';
import type { FieldProblem, WorldForm } from './world-form.js';

/** Milliseconds after a change before the world is made: a number is typed to its end. */
const settleMs = 250;

interface Made {
  readonly form: WorldForm;
  readonly sample: Sample;
}

/** Shows the playground in an element; returns what takes it away. */
export function mountPlayground(parent: HTMLElement): () => void {
  render(<Playground />, parent);
  return () => {
    render(null, parent);
  };
}

function Playground(): JSX.Element {
  const [form, setForm] = useState<WorldForm>();
  const [made, setMade] = useState<Made>();
  const [problem, setProblem] = useState<FieldProblem>();
  const [link, setLink] = useState<string>();
  const worker = useMemo(() => new WorldWorker(), []);
  useEffect(
    () => () => {
      worker.close();
    },
    [worker],
  );

  // The address makes the form, when the page opens and when a link to another world is followed.
  useEffect(() => {
    const read = (): void => void formOf(location.hash).then(setForm);
    read();
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('hashchange', read);
    };
  }, []);

  useEffect(() => {
    if (form === undefined) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void worker.sample(form).then((outcome) => {
        if (!wanted) return;
        setProblem('problem' in outcome ? outcome.problem : undefined);
        if ('result' in outcome) setMade({ form, sample: outcome.result });
      });
      void hashOf(form).then((hash) => {
        if (!wanted) return;
        setLink(hash);
        if (hash !== undefined) history.replaceState(history.state, '', `#${hash}`);
      });
    }, settleMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [form, worker]);

  if (form === undefined) return <p role="status">Reading the address…</p>;
  return (
    <div class="playground">
      <div>
        <FormPanel
          form={form}
          problem={problem}
          fromFile={made?.form.file === form.file ? made.sample.fromFile : []}
          change={(change) => {
            setForm({ ...form, ...change });
          }}
        />
        <CopyLink link={link} />
      </div>
      {made === undefined ? (
        <p role="status">{problem === undefined ? 'Simulating…' : ''}</p>
      ) : (
        <div>
          {problem !== undefined && (
            <p class="problem" role="status">
              The form has an error. This is the world from before it.
            </p>
          )}
          <SampleTabs key={JSON.stringify(made.form)} sample={made.sample} form={made.form} worker={worker} />
        </div>
      )}
    </div>
  );
}

function CopyLink({ link }: { readonly link: string | undefined }): JSX.Element {
  const [said, say] = useState('');
  if (link === undefined) return <p>This world file is too long for a link.</p>;
  const copy = async (): Promise<void> => {
    const url = `${location.href.split('#')[0] ?? ''}#${link}`;
    try {
      await navigator.clipboard.writeText(url);
      say('Copied.');
    } catch {
      // The clipboard may be closed to pages; the address bar has the same text.
      say('Copy the address of this page.');
    }
  };
  return (
    <p>
      <button type="button" onClick={() => void copy()}>
        Copy a link to this world
      </button>{' '}
      <span role="status">{said}</span>
    </p>
  );
}
