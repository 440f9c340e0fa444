import {
  presets,
  readWorldFile,
  worldDefaults,
  WorldError,
  type PresetName,
  type WorldFile,
  type WorldOptions,
} from '@store/generator';

/** What the form holds: texts as they are typed, so that a wrong one can be shown with its error. */
export interface WorldForm {
  readonly seed: string;
  readonly stores: string;
  readonly products: string;
  readonly start: string;
  readonly days: string;
  /** Name of a preset of the generator. */
  readonly preset: string;
  /** Whether late, repeated, lost and broken events are mixed in. */
  readonly chaos: boolean;
  /** Text of a world file; empty where there is none. */
  readonly file: string;
}

/** A field of the form. */
export type FieldName = keyof WorldForm;

/** The form of a world that is small enough to be read at a glance. */
export const formDefaults: WorldForm = {
  seed: String(worldDefaults.seed),
  stores: '5',
  products: '20',
  start: worldDefaults.start,
  days: '7',
  preset: worldDefaults.preset,
  chaos: false,
  file: '',
};

/** Bounds of the playground: a browser's memory, not the generator's limits. */
export const playgroundLimits = Object.freeze({
  /** Events that are read of a world. */
  events: 100_000,
  /** Lines that the list shows. */
  lines: 50,
  /** Stores times products. */
  series: 100_000,
  /** Characters of a world file. */
  fileChars: 1_000_000,
});

/** Names of the presets, in the order of the generator's table. */
export const presetNames: readonly string[] = Object.keys(presets);

/** A field that is wrong: what the generator says of it. */
export interface FieldProblem {
  /** `undefined` where no single field is to blame. */
  readonly field: FieldName | undefined;
  readonly message: string;
}

/** Options of the world that a form describes. Numbers are checked by the generator itself. */
export function optionsOf(form: WorldForm): WorldOptions<unknown> {
  const file = form.file === '' ? undefined : readWorldFile(form.file);
  const options: WorldOptions<unknown> = {
    ...file,
    seed: numberIn(form.seed),
    stores: file?.stores ?? numberIn(form.stores),
    products: file?.products ?? numberIn(form.products),
    start: form.start,
    days: numberIn(form.days),
    preset: form.preset as PresetName,
    chaos: form.chaos,
  };
  const series = countOf(options.stores) * countOf(options.products);
  if (series > playgroundLimits.series) {
    const most = `at most ${playgroundLimits.series.toLocaleString('en')} stores times products on this page`;
    throw new WorldError('OUT_OF_RANGE', 'products', series, most);
  }
  return options;
}

/** An empty field is no number; `Number('')` would be 0. */
const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

const countOf = (many: WorldOptions['stores'] | WorldOptions['products']): number =>
  typeof many === 'number' ? many : (many?.length ?? 0);

/** The field that an error belongs to: an option of the form, or the world file whose place it names. */
export function problemOf(error: unknown, form: WorldForm): FieldProblem {
  if (!(error instanceof WorldError)) {
    return { field: undefined, message: error instanceof Error ? error.message : String(error) };
  }
  const [first = ''] = error.option.split(/[.[]/);
  const own = Object.hasOwn(formDefaults, first) && first === error.option;
  const field = own ? (first as FieldName) : form.file === '' ? undefined : 'file';
  return { field, message: error.message };
}

/** Fields of the form that its world file decides. */
export function fieldsOfFile({ file }: WorldForm): readonly FieldName[] {
  const own: Partial<WorldFile> = file === '' ? {} : readWorldFile(file);
  return (['stores', 'products'] as const).filter((name) => own[name] !== undefined);
}

/** The command that makes the same world in a shell, for a form that the generator takes; a world file is `world.json`. */
export function commandOf(form: WorldForm): string {
  const { seed, start, days, preset, chaos, file } = form;
  const fromFile = fieldsOfFile(form);
  return [
    `store generate --seed ${seed}`,
    ...(file === '' ? [] : ['--world world.json']),
    ...(['stores', 'products'] as const).flatMap((name) =>
      fromFile.includes(name) ? [] : [`--${name} ${form[name]}`],
    ),
    `--start ${start} --days ${days}`,
    ...(preset === worldDefaults.preset ? [] : [`--preset ${preset}`]),
    ...(chaos ? ['--chaos'] : []),
  ].join(' ');
}
