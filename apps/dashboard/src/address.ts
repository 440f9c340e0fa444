import { useEffect, useState } from 'preact/hooks';

/** The views of the page. */
export type ViewName = 'live' | 'data' | 'sql';

/**
 * Everything that a link to the page can say; it is behind the `#`, so that it never travels to a server.
 *
 * ```text
 * #live?shelf=store-0001/SKU-000003&sort=missing&zoom=blocks&range=1h
 * ```
 */
export interface Address {
  readonly view: ViewName;
  /** Number of the run that the Data and SQL views show. @defaultValue the newest */
  readonly run?: string | undefined;
  /** The chosen shelf, `store_id/product_id`. @defaultValue the page chooses one that is short */
  readonly shelf?: string | undefined;
  /** Order of the low-stock list. @defaultValue `missing` */
  readonly sort?: string | undefined;
  /** What is searched for in the low-stock list. */
  readonly q?: string | undefined;
  /** `blocks` or `shelves`. @defaultValue by the width of the window */
  readonly zoom?: string | undefined;
  /** Order of the products in the heat map: `name`. @defaultValue shortest first */
  readonly order?: string | undefined;
  /** Time range of the history: `10m`, `1h` or `all`. @defaultValue `10m` */
  readonly range?: string | undefined;
  /** The statement of the SQL view, packed. */
  readonly sql?: string | undefined;
  /** What the Data view shows: its list. */
  readonly look?: string | undefined;
  /** The Data view's filter. */
  readonly filter?: string | undefined;
  /** The Data view's chosen entry. */
  readonly entry?: string | undefined;
}

/** Changes the address: `push` is a step that Back takes back, `replace` is none. */
export type Go = (change: Partial<Address>, how?: 'push' | 'replace') => void;

const views: readonly ViewName[] = ['live', 'data', 'sql'];
const names = [
  'run',
  'shelf',
  'sort',
  'q',
  'zoom',
  'order',
  'range',
  'sql',
  'look',
  'filter',
  'entry',
] as const satisfies readonly Exclude<keyof Address, 'view'>[];

/** Reads the part of an address behind the `#`; what it does not know is ignored. */
export function parseAddress(hash: string): Address {
  const [name = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const given = new URLSearchParams(search);
  return {
    view: views.find((view) => view === name) ?? 'live',
    ...Object.fromEntries(names.flatMap((key) => (given.has(key) ? [[key, given.get(key) ?? '']] : []))),
  };
}

/** Writes an address as the part behind the `#`, which it begins with. */
export function hashOf(address: Address): string {
  const search = new URLSearchParams();
  for (const name of names) {
    const value = address[name];
    if (value !== undefined && value !== '') search.set(name, value);
  }
  const text = search.toString().replaceAll('%2F', '/');
  return `#${address.view}${text === '' ? '' : `?${text}`}`;
}

/** Follows the address of the window, and changes it. */
export function useAddress(): readonly [address: Address, go: Go] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => {
      setHash(location.hash);
    };
    // Links fire `hashchange`, Back and Forward `popstate`, `go` its own.
    const events = ['hashchange', 'popstate', changed] as const;
    for (const name of events) addEventListener(name, follow);
    return () => {
      for (const name of events) removeEventListener(name, follow);
    };
  }, []);
  return [parseAddress(hash), go];
}

const changed = 'store:address';

const go: Go = (change, how = 'push') => {
  const next = hashOf({ ...parseAddress(location.hash), ...change });
  if (next === location.hash) return;
  if (how === 'push') history.pushState(null, '', next);
  else history.replaceState(null, '', next);
  dispatchEvent(new Event(changed));
};
