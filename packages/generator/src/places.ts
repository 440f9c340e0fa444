import type { StoreLocation } from '@store/schema';

const rows: readonly (readonly [
  city: string,
  region: string,
  country: string,
  latitude: number,
  longitude: number,
])[] = [
  ['Amsterdam', 'Noord-Holland', 'NL', 52.3676, 4.9041],
  ['Austin', 'Texas', 'US', 30.2672, -97.7431],
  ['Bengaluru', 'Karnataka', 'IN', 12.9716, 77.5946],
  ['Chicago', 'Illinois', 'US', 41.8781, -87.6298],
  ['Göteborg', 'Västra Götaland', 'SE', 57.7089, 11.9746],
  ['Kraków', 'Małopolskie', 'PL', 50.0647, 19.945],
  ['Lyon', 'Auvergne-Rhône-Alpes', 'FR', 45.764, 4.8357],
  ['Melbourne', 'Victoria', 'AU', -37.8136, 144.9631],
  ['México', 'Ciudad de México', 'MX', 19.4326, -99.1332],
  ['München', 'Bayern', 'DE', 48.1351, 11.582],
  ['Nairobi', 'Nairobi', 'KE', -1.2921, 36.8219],
  ['São Paulo', 'São Paulo', 'BR', -23.5505, -46.6333],
  ['Sevilla', 'Andalucía', 'ES', 37.3891, -5.9845],
  ['Singapore', 'Singapore', 'SG', 1.3521, 103.8198],
  ['Toronto', 'Ontario', 'CA', 43.6532, -79.3832],
  ['Zürich', 'Zürich', 'CH', 47.3769, 8.5417],
];

/** Where store number `index` stands; stores of one city lie a little apart. */
export function placeOf(index: number): StoreLocation {
  const [city, region, country, latitude, longitude] = rows[index % rows.length] ?? ['', '', '', 0, 0];
  const ring = Math.floor(index / rows.length);
  const shift = (degrees: number, step: number): number =>
    Math.round((degrees + (ring % 50) * step) * 10_000) / 10_000;
  return { city, region, country, latitude: shift(latitude, 0.0031), longitude: shift(longitude, 0.0047) };
}
