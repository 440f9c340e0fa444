import type { DaylightRule, TimeZone } from './time-zone.js';

/** A city in which the world may open stores. */
export interface Place {
  readonly city: string;
  readonly region: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly zone: TimeZone;
}

type Row = readonly [
  city: string,
  region: string,
  country: string,
  latitude: number,
  longitude: number,
  zone: string,
  standardMinutes: number,
  daylight: DaylightRule,
];

const rows: readonly Row[] = [
  ['Amsterdam', 'Noord-Holland', 'NL', 52.3676, 4.9041, 'Europe/Amsterdam', 60, 'eu'],
  ['Austin', 'Texas', 'US', 30.2672, -97.7431, 'America/Chicago', -360, 'us'],
  ['Barcelona', 'Catalunya', 'ES', 41.3874, 2.1686, 'Europe/Madrid', 60, 'eu'],
  ['Bengaluru', 'Karnataka', 'IN', 12.9716, 77.5946, 'Asia/Kolkata', 330, 'none'],
  ['Bogotá', 'Cundinamarca', 'CO', 4.711, -74.0721, 'America/Bogota', -300, 'none'],
  ['Boston', 'Massachusetts', 'US', 42.3601, -71.0589, 'America/New_York', -300, 'us'],
  ['Brisbane', 'Queensland', 'AU', -27.4698, 153.0251, 'Australia/Brisbane', 600, 'none'],
  ['Chicago', 'Illinois', 'US', 41.8781, -87.6298, 'America/Chicago', -360, 'us'],
  ['Denver', 'Colorado', 'US', 39.7392, -104.9903, 'America/Denver', -420, 'us'],
  ['Dublin', 'Leinster', 'IE', 53.3498, -6.2603, 'Europe/Dublin', 0, 'eu'],
  ['Göteborg', 'Västra Götaland', 'SE', 57.7089, 11.9746, 'Europe/Stockholm', 60, 'eu'],
  ['Helsinki', 'Uusimaa', 'FI', 60.1699, 24.9384, 'Europe/Helsinki', 120, 'eu'],
  ['København', 'Hovedstaden', 'DK', 55.6761, 12.5683, 'Europe/Copenhagen', 60, 'eu'],
  ['Kraków', 'Małopolskie', 'PL', 50.0647, 19.945, 'Europe/Warsaw', 60, 'eu'],
  ['Lisboa', 'Lisboa', 'PT', 38.7223, -9.1393, 'Europe/Lisbon', 0, 'eu'],
  ['Lyon', 'Auvergne-Rhône-Alpes', 'FR', 45.764, 4.8357, 'Europe/Paris', 60, 'eu'],
  ['Manchester', 'England', 'GB', 53.4808, -2.2426, 'Europe/London', 0, 'eu'],
  ['Melbourne', 'Victoria', 'AU', -37.8136, 144.9631, 'Australia/Melbourne', 600, 'au'],
  ['México', 'Ciudad de México', 'MX', 19.4326, -99.1332, 'America/Mexico_City', -360, 'none'],
  ['Milano', 'Lombardia', 'IT', 45.4642, 9.19, 'Europe/Rome', 60, 'eu'],
  ['München', 'Bayern', 'DE', 48.1351, 11.582, 'Europe/Berlin', 60, 'eu'],
  ['Nairobi', 'Nairobi', 'KE', -1.2921, 36.8219, 'Africa/Nairobi', 180, 'none'],
  ['Osaka', '大阪府', 'JP', 34.6937, 135.5023, 'Asia/Tokyo', 540, 'none'],
  ['Portland', 'Oregon', 'US', 45.5152, -122.6784, 'America/Los_Angeles', -480, 'us'],
  ['Reykjavík', 'Höfuðborgarsvæði', 'IS', 64.1466, -21.9426, 'Atlantic/Reykjavik', 0, 'none'],
  ['São Paulo', 'São Paulo', 'BR', -23.5505, -46.6333, 'America/Sao_Paulo', -180, 'none'],
  ['Seattle', 'Washington', 'US', 47.6062, -122.3321, 'America/Los_Angeles', -480, 'us'],
  ['Seoul', '서울특별시', 'KR', 37.5665, 126.978, 'Asia/Seoul', 540, 'none'],
  ['Sevilla', 'Andalucía', 'ES', 37.3891, -5.9845, 'Europe/Madrid', 60, 'eu'],
  ['Singapore', 'Singapore', 'SG', 1.3521, 103.8198, 'Asia/Singapore', 480, 'none'],
  ['Toronto', 'Ontario', 'CA', 43.6532, -79.3832, 'America/Toronto', -300, 'us'],
  ['Zürich', 'Zürich', 'CH', 47.3769, 8.5417, 'Europe/Zurich', 60, 'eu'],
];

/** How many cities there are. */
export const placeCount: number = rows.length;

/** City number `index`, counted round. */
export function placeAt(index: number): Place {
  const row = rows[index % rows.length];
  if (row === undefined) throw new RangeError('The list of cities is empty.');
  const [city, region, country, latitude, longitude, name, standardMinutes, daylight] = row;
  return {
    city,
    region,
    country,
    latitude,
    longitude,
    zone: Object.freeze({ name, standardMinutes, daylight }),
  };
}
