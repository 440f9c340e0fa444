import { worldDefaults, type WorldFile } from '@store/generator';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What a right world file says that is probably not meant, each in one line with the place of the value. */
export function worldWarnings({ stores, products }: WorldFile): readonly string[] {
  const warnings: string[] = [];
  if (typeof stores === 'object') {
    if (stores.every(({ assortment }) => assortment?.length === 0))
      warnings.push('stores: every assortment is empty, so that this world never has an event.');
    const clipped = stores.flatMap(({ opens = {} }, s) =>
      weekdays.filter((day) => isClipped(opens[day])).map((day) => `stores[${s}].opens.${day}`),
    );
    const [first] = clipped;
    const more = clipped.length > 1 ? `, and ${clipped.length - 1} more` : '';
    if (first !== undefined) warnings.push(`${first}${more}: sales are between 01:00 and 23:00 only.`);
  }
  if (typeof products === 'object') {
    const { start } = worldDefaults;
    const withdrawn = products.every(
      (product) => product.withdrawn !== undefined && product.withdrawn < start,
    );
    const launched = products.every((product) => product.launched !== undefined && product.launched > start);
    if (withdrawn || launched) {
      const what = withdrawn ? 'withdrawn before' : 'launched after';
      warnings.push(`products: every product is ${what} ${start}, the start of a world without --start.`);
    }
  }
  return warnings;
}

const isClipped = (hours: readonly [string, string] | null | undefined): boolean =>
  hours !== null && hours !== undefined && (hours[0] < '01:00' || hours[1] > '23:00');
