import type { JSX } from 'preact';
import {
  playgroundLimits,
  presetNames,
  type FieldName,
  type FieldProblem,
  type WorldForm,
} from './world-form.js';

/** What the form needs. */
export interface FormPanelProps {
  readonly form: WorldForm;
  readonly problem: FieldProblem | undefined;
  /** Fields that the world file decides: what is typed there counts for nothing. */
  readonly fromFile: readonly FieldName[];
  readonly change: (change: Partial<WorldForm>) => void;
}

const numbers = [
  ['seed', 'Seed', 'The same seed gives the same events.'],
  ['stores', 'Stores', ''],
  ['products', 'Products', 'In each store.'],
  ['days', 'Days', ''],
] as const;

/** The form of a world; each error of the generator is shown at its field. */
export function FormPanel({ form, problem, fromFile, change }: FormPanelProps): JSX.Element {
  const at = (field: FieldName): Pick<FieldProps, 'id' | 'problem'> => ({
    id: `world-${field}`,
    problem: problem?.field === field ? problem.message : undefined,
  });
  return (
    <form
      class="world-form"
      aria-label="World"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {numbers.map(([name, label, hint]) => (
        <Field
          key={name}
          label={label}
          hint={fromFile.includes(name) ? 'From the world file.' : hint}
          {...at(name)}
        >
          {(attributes) => (
            <input
              {...attributes}
              inputMode="numeric"
              disabled={fromFile.includes(name)}
              value={form[name]}
              onInput={({ currentTarget }) => {
                change({ [name]: currentTarget.value });
              }}
            />
          )}
        </Field>
      ))}
      <Field label="Start" hint="A day, UTC." {...at('start')}>
        {(attributes) => (
          <input
            {...attributes}
            value={form.start}
            onInput={({ currentTarget }) => {
              change({ start: currentTarget.value });
            }}
          />
        )}
      </Field>
      <Field label="Preset" hint="Kind of world." {...at('preset')}>
        {(attributes) => (
          <select
            {...attributes}
            value={form.preset}
            onChange={({ currentTarget }) => {
              change({ preset: currentTarget.value });
            }}
          >
            {presetNames.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={form.chaos}
          onChange={({ currentTarget }) => {
            change({ chaos: currentTarget.checked });
          }}
        />{' '}
        Chaos: late, repeated, lost and broken events
      </label>
      <Field
        label="World file"
        hint="Stores, products, calendar and demand of your own, as JSON."
        {...at('file')}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => void load(currentTarget, change)}
          />
        )}
      </Field>
      {form.file === '' ? null : (
        <p>
          A world file of {form.file.length.toLocaleString('en')} characters is used.{' '}
          <button
            type="button"
            onClick={() => {
              change({ file: '' });
            }}
          >
            Remove the world file
          </button>
        </p>
      )}
      {problem !== undefined && problem.field === undefined ? (
        <p class="problem" role="alert">
          {problem.message}
        </p>
      ) : null}
    </form>
  );
}

/** Reads the chosen file; one that is too large is cut, and the generator says that it is no JSON. */
async function load(input: HTMLInputElement, change: FormPanelProps['change']): Promise<void> {
  const [file] = input.files ?? [];
  if (file === undefined) return;
  const text = await file.slice(0, playgroundLimits.fileChars).text();
  // The same file can be chosen again after it was edited.
  input.value = '';
  change({ file: text });
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly problem: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string;
  }) => JSX.Element;
}

function Field({ id, label, hint, problem, children }: FieldProps): JSX.Element {
  const about = `${id}-about`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': about })}
      <p id={about} class={problem === undefined ? 'hint' : 'problem'} aria-live="polite">
        {problem ?? hint}
      </p>
    </div>
  );
}
