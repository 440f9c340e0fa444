import type { TimeZone } from '../model/time-zone.js';
/** Names of all zones of the table. */
export declare const zoneNames: readonly string[];
/** The zone of a name, or of the name that an older one stands for; undefined where the table has none. */
export declare function zoneByName(name: string): TimeZone | undefined;
/** The zone of a country that has one only. */
export declare function onlyZoneOf(country: string): TimeZone | undefined;
/** Currencies of the countries of the table. */
export declare const currencyCodes: readonly string[];
/** Currency of a country; US dollars where the table has none. */
export declare function currencyOf(country: string): string;
//# sourceMappingURL=zones.d.ts.map