import { restockDefaults } from '../options.js';
import { coveredBy, factorOf, sufficesBy, windowFilters } from '../low-stock-query.js';
import {
  nameColumns,
  namesOf,
  namesOfEvent,
  placeColumns,
  placedEvents,
  placeOf,
  placeOfEvent,
} from './stock-now-columns.js';
import { rulesWord, stateOf, type StockNowMergeOptions } from './stock-now-options.js';

/**
 * Whether place `a` comes after place `b`. Whole places are compared only at one time: on DuckDB the projection that compares an
 * increment of 50,000 events with its 10,000 shelves took 31 ms so, and 157 ms where it compared all of them.
 */
const after = (a: string, b: string): string =>
  `case when ${a}.event_time = ${b}.event_time then ${a} > ${b} else ${a}.event_time > ${b}.event_time end`;

const sameShelf = (a: string, b: string): string =>
  `${a}.store_id = ${b}.store_id and ${a}.product_id = ${b}.product_id`;

/**
 * The text of a query that gives the rows of the state as they are after the events of a window: of the shelves that
 * have any, `before` being the state that the events meet, if there is one.
 *
 * The law is that any order of windows, and any repetition, comes to what all events together come
 * to. A row holds for its shelf, of the events E that it has seen, in the order of their places: the latest;
 * S, the last sufficient; of the low ones after S the first (`began`) and the first that calls for units
 * (`asked`). For E and further events F:
 *
 * - latest and S are maxima, so they merge;
 * - low events of F count where they come after the S of both, and all of them are at hand;
 * - of the low events of E only those after S are summed up. Where the new S is before `began`, they all
 * count still;
 *   where it is at or behind the latest, none does. Only where it is between, some do, and the row does not know
 *   which: a sufficient event came late, into an open episode. No bounded row could know. The shelf is marked
 *   `unsettled` until its events after S are read again, or until a sufficient event comes behind all of E.
 */
export function shelfChanges(options: StockNowMergeOptions, before: boolean): string {
  const { recoveryMargin: margin = restockDefaults.recoveryMargin, shelves } = options;
  const state = stateOf(options);
  const factor = factorOf(options);
  const owed = shelves === 'unsettled';
  const filters = [...windowFilters(options, 'e.'), ...placedEvents('e'), ...(owed ? ['u.unsettled'] : [])];
  return `with events as (
  select e.store_id, e.product_id,
         ${placeOfEvent('e')} as place,
         ${namesOfEvent('e')} as names,
         e.current_stock < e.min_threshold as low,
         ${sufficesBy('e.', margin)} as sufficient,
         ${coveredBy('e.', factor)} as covered
  from ${options.table} e${owed ? `\n  join ${state} u on ${sameShelf('u', 'e')}` : ''}
  where ${filters.join(' and ')}
), ${
    before
      ? `held as (
  select store_id, product_id, ${placeOf('o')} as latest, ${namesOf('o')} as names, last_sufficient,
         began, asked, asked_names, unsettled
  from ${state} o
), `
      : ''
  }seen as (
  select store_id, product_id, max(place) as latest, max_by(names, place) as names,
         max(place) filter (where sufficient) as sufficient
  from events
  group by store_id, product_id
), known as (
${before ? metState(owed) : unmetState}
), low as (
  select e.store_id, e.product_id, min(e.place) as began, min(e.covered) as covered,
         min_by(e.place, row(e.covered, e.place)) as asked,
         min_by(e.names, row(e.covered, e.place)) as asked_names
  from events e
  join known k on ${sameShelf('k', 'e')}
  where e.low and not k.unsettled and (k.sufficient is null or ${after('e.place', 'k.sufficient')})
  group by e.store_id, e.product_id
)
select ${[
    'k.store_id as store_id',
    'k.product_id as product_id',
    ...nameColumns('k.names'),
    ...placeColumns('k.latest'),
    'k.sufficient as last_sufficient',
    ...(before
      ? metEpisode(factor)
      : ['l.began as began', 'l.asked as asked', 'l.asked_names as asked_names']),
    'k.unsettled as unsettled',
    `'${rulesWord(options)}' as rules`,
  ].join(',\n       ')}
from known k
left join low l on ${sameShelf('l', 'k')}`;
}

const unmetState = `  select store_id, product_id, latest, names, sufficient, false as unsettled
  from seen`;

/** Each place of the state is compared only where it is there: Trino compares no rows that hold nulls. */
function metState(owed: boolean): string {
  const newer = `case when t.store_id is null then true else ${after('s.latest', 't.latest')} end`;
  const unsettled = `case when t.store_id is null then false
              when s.sufficient is null then t.unsettled
              when not (${after('t.latest', 's.sufficient')}) then false
              when t.unsettled then true
              else coalesce(${after('s.sufficient', 't.began')}, false) end`;
  const kept = (column: string): string =>
    `case when s.sufficient is null or ${after('t.began', 's.sufficient')} then t.${column} end as ${column}`;
  return `  select s.store_id, s.product_id,
         case when ${newer} then s.latest else t.latest end as latest,
         case when ${newer} then s.names else t.names end as names,
         case when t.last_sufficient is null then s.sufficient
              when ${after('s.sufficient', 't.last_sufficient')} then s.sufficient
              else t.last_sufficient end as sufficient,
         ${owed ? 'false' : unsettled} as unsettled,
         ${kept('began')},
         ${kept('asked')},
         ${kept('asked_names')}
  from seen s
  left join held t on ${sameShelf('t', 's')}`;
}

/** The episode of what the state held and what the events say: the earlier of both beginnings, and of both calls. */
function metEpisode(factor: string): readonly string[] {
  const covered = coveredBy('k.asked.', factor);
  const earlier = (
    of: 'began' | 'asked',
    column: string,
    before: string,
  ): string => `case when k.unsettled then null
            when k.${of} is null then l.${column}
            when l.${of} is null then k.${column}${before}
            when ${after(`l.${of}`, `k.${of}`)} then k.${column}
            else l.${column} end as ${column}`;
  const byCover = (column: string): string =>
    `\n            when ${covered} < l.covered then k.${column}\n            when ${covered} > l.covered then l.${column}`;
  return [
    earlier('began', 'began', ''),
    earlier('asked', 'asked', byCover('asked')),
    earlier('asked', 'asked_names', byCover('asked_names')),
  ];
}
