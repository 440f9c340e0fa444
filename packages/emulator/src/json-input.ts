/** Makes the error of a service for a field that is not as its model says. */
export type InputFailure = (message: string) => Error;

/** Bounds of a number or of a length. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Reads the fields of a request; anything of the wrong shape is the caller's error, in the service's own words. */
export class JsonInput {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #where: string;
  readonly #fail: InputFailure;

  constructor(value: unknown, fail: InputFailure, where = '') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw fail(`Expected ${where === '' ? 'the request' : where} to be an object`);
    }
    this.#fields = new Map(Object.entries(value));
    this.#where = where;
    this.#fail = fail;
  }

  /** Whether the field is there and not null. */
  has(name: string): boolean {
    return (this.#fields.get(name) ?? undefined) !== undefined;
  }

  optionalString(name: string, length: Bounds = {}): string | undefined {
    const value = this.#fields.get(name) ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.#wrong(name, 'a string', value);
    this.#within(name, value.length, length, 'length ');
    return value;
  }

  string(name: string, length: Bounds = {}): string {
    const value = this.optionalString(name, length);
    if (value === undefined) throw this.#missing(name);
    return value;
  }

  optionalInteger(name: string, bounds: Bounds = {}): number | undefined {
    const value = this.#fields.get(name) ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw this.#wrong(name, 'a whole number', value);
    }
    this.#within(name, value, bounds, '');
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#fields.get(name) ?? undefined;
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.#wrong(name, 'true or false', value);
  }

  optionalObject(name: string): JsonInput | undefined {
    const value = this.#fields.get(name) ?? undefined;
    return value === undefined ? undefined : new JsonInput(value, this.#fail, this.#path(name));
  }

  object(name: string): JsonInput {
    const value = this.optionalObject(name);
    if (value === undefined) throw this.#missing(name);
    return value;
  }

  optionalList(name: string, length: Bounds = {}): readonly unknown[] | undefined {
    const value = this.#fields.get(name) ?? undefined;
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw this.#wrong(name, 'a list', value);
    this.#within(name, value.length, length, 'length ');
    const items: readonly unknown[] = value;
    return items;
  }

  optionalObjects(name: string, length: Bounds = {}): readonly JsonInput[] | undefined {
    return this.optionalList(name, length)?.map(
      (item, at) => new JsonInput(item, this.#fail, `${this.#path(name)}.${at + 1}.member`),
    );
  }

  optionalStrings(name: string, length: Bounds = {}): readonly string[] | undefined {
    return this.optionalList(name, length)?.map((item) => {
      if (typeof item !== 'string') throw this.#wrong(name, 'a list of strings', item);
      return item;
    });
  }

  optionalStringMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.#fields.get(name) ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw this.#wrong(name, 'a map of strings', value);
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => {
        if (typeof item !== 'string') throw this.#wrong(name, 'a map of strings', item);
        return [key, item];
      }),
    );
  }

  /** The names of the fields that are there. */
  names(): readonly string[] {
    return [...this.#fields.keys()];
  }

  /** A field as it came. */
  raw(name: string): unknown {
    return this.#fields.get(name);
  }

  #path(name: string): string {
    return this.#where === '' ? name : `${this.#where}.${name}`;
  }

  #within(name: string, value: number, { min, max }: Bounds, what: string): void {
    if (min !== undefined && value < min) {
      throw this.#fail(
        `1 validation error detected: Value at '${this.#path(name)}' failed to satisfy constraint: Member must have ${what === '' ? 'value' : 'length'} greater than or equal to ${min}`,
      );
    }
    if (max !== undefined && value > max) {
      throw this.#fail(
        `1 validation error detected: Value at '${this.#path(name)}' failed to satisfy constraint: Member must have ${what === '' ? 'value' : 'length'} less than or equal to ${max}`,
      );
    }
  }

  #missing(name: string): Error {
    return this.#fail(
      `1 validation error detected: Value null at '${this.#path(name)}' failed to satisfy constraint: Member must not be null`,
    );
  }

  #wrong(name: string, expected: string, got: unknown): Error {
    return this.#fail(
      `Expected \`${this.#path(name)}\` to be ${expected}, got ${JSON.stringify(got).slice(0, 100)}`,
    );
  }
}
