import type { TimeZone } from './time-zone.js';
/** A city in which the world may open stores. */
export interface Place {
    readonly city: string;
    readonly region: string;
    readonly country: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly zone: TimeZone;
}
/** How many cities there are. */
export declare const placeCount: number;
/** City number `index`, counted round. */
export declare function placeAt(index: number): Place;
//# sourceMappingURL=places.d.ts.map