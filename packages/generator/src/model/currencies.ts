/** Countries of the euro on 2026-01-01, and the other currencies of the table of zones (ISO 4217). */
const euro = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');
const currencies: Readonly<Record<string, string>> = {
  AE: 'AED',
  AR: 'ARS',
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CO: 'COP',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HK: 'HKD',
  HU: 'HUF',
  ID: 'IDR',
  IN: 'INR',
  IS: 'ISK',
  JP: 'JPY',
  KE: 'KES',
  KR: 'KRW',
  MX: 'MXN',
  MY: 'MYR',
  NG: 'NGN',
  NO: 'NOK',
  NZ: 'NZD',
  PE: 'PEN',
  PH: 'PHP',
  PL: 'PLN',
  RO: 'RON',
  RS: 'RSD',
  SA: 'SAR',
  SE: 'SEK',
  SG: 'SGD',
  TH: 'THB',
  TR: 'TRY',
  TW: 'TWD',
  US: 'USD',
  VN: 'VND',
  ZA: 'ZAR',
};

/** Currencies of the countries of the table. */
export const currencyCodes: readonly string[] = ['EUR', ...Object.values(currencies)];

/** Currency of a country; US dollars where the table has none. */
export function currencyOf(country: string): string {
  if (euro.includes(country)) return 'EUR';
  return Object.hasOwn(currencies, country) ? (currencies[country] ?? 'USD') : 'USD';
}

/** Currencies without a smaller unit (ISO 4217, 2026-01-01). */
export const withoutHundredths: readonly string[] =
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');

type Level = readonly [factor: number, step: number, less: number];

/**
 * What a shelf label says that says 1.00 in euros, the step of usual prices, and how far below a step they end, both in
 * hundredths: 1.29 euros, 198 yen, 24.50 kronor. Rates of exchange of 2025, moved by how dear groceries are there: rounded
 * assumptions, so that prices look like prices, and not a statistic.
 */
const levels: Readonly<Record<string, Level>> = Object.fromEntries(
  [
    'EUR 1 10 1,USD 1.15 10 1,CAD 1.6 10 1,AUD 1.75 10 1,NZD 1.9 10 1,GBP .9 10 1,CHF 1.45 10 5,SGD 1.6 10 5',
    'PLN 3.6 10 1,BRL 4 10 1,RON 4 10 1,MYR 3.6 10 1,PEN 3 10 1,AED 4 25 0,SAR 4 25 0,CNY 6 50 10,HKD 9 50 10',
    'DKK 8.5 50 0,SEK 11 50 0,NOK 13 50 10,CZK 22 100 10,TRY 35 50 0,MXN 17 50 0,ZAR 14 100 1,THB 28 100 0',
    'TWD 34 100 0,PHP 48 100 0,INR 45 100 0,RSD 95 500 1,KES 110 500 0,HUF 330 1000 100,ISK 185 1000 100',
    'JPY 150 1000 200,ARS 1300 5000 0,KRW 1500 10000 2000,NGN 1200 5000 0,COP 3200 10000 0,IDR 13000 50000 0',
    'VND 20000 100000 0',
  ]
    .join(',')
    .split(',')
    .map((entry) => {
      const [currency = '', ...numbers] = entry.split(' ');
      const [factor = 1, step = 1, less = 0] = numbers.map(Number);
      return [currency, [factor, step, less]];
    }),
);

/** The price in a currency, hundredths, of what costs this many euro cents; the same number where the table has no level. */
export function priceIn(currency: string, euroCents: number): number {
  const level = Object.hasOwn(levels, currency) ? levels[currency] : undefined;
  if (level === undefined) return euroCents;
  const [factor, step, less] = level;
  return Math.max(1, Math.round((euroCents * factor) / step)) * step - less;
}

/** Hundredths of a price. */
export const centsOf = (price: number): number => Math.round(price * 100);
