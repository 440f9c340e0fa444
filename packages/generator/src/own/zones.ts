import type { DaylightRule, TimeZone } from '../model/time-zone.js';

type Zone = readonly [name: string, standardMinutes: number, daylight: DaylightRule];

/** IANA zones by country, the most populous first (tz database 2025b); zones of other rules are left out. */
const byCountry: Readonly<Record<string, readonly Zone[]>> = {
  AE: [['Asia/Dubai', 240, 'none']],
  AR: [['America/Argentina/Buenos_Aires', -180, 'none']],
  AT: [['Europe/Vienna', 60, 'eu']],
  AU: [
    ['Australia/Sydney', 600, 'au'],
    ['Australia/Melbourne', 600, 'au'],
    ['Australia/Brisbane', 600, 'none'],
    ['Australia/Perth', 480, 'none'],
    ['Australia/Adelaide', 570, 'au'],
    ['Australia/Hobart', 600, 'au'],
    ['Australia/Darwin', 570, 'none'],
  ],
  BE: [['Europe/Brussels', 60, 'eu']],
  BG: [['Europe/Sofia', 120, 'eu']],
  BR: [
    ['America/Sao_Paulo', -180, 'none'],
    ['America/Bahia', -180, 'none'],
    ['America/Fortaleza', -180, 'none'],
    ['America/Manaus', -240, 'none'],
  ],
  CA: [
    ['America/Toronto', -300, 'us'],
    ['America/Vancouver', -480, 'us'],
    ['America/Edmonton', -420, 'us'],
    ['America/Winnipeg', -360, 'us'],
    ['America/Halifax', -240, 'us'],
    ['America/Regina', -360, 'none'],
    ['America/St_Johns', -210, 'us'],
  ],
  CH: [['Europe/Zurich', 60, 'eu']],
  CN: [['Asia/Shanghai', 480, 'none']],
  CO: [['America/Bogota', -300, 'none']],
  CY: [['Asia/Nicosia', 120, 'eu']],
  CZ: [['Europe/Prague', 60, 'eu']],
  DE: [['Europe/Berlin', 60, 'eu']],
  DK: [['Europe/Copenhagen', 60, 'eu']],
  EE: [['Europe/Tallinn', 120, 'eu']],
  ES: [
    ['Europe/Madrid', 60, 'eu'],
    ['Atlantic/Canary', 0, 'eu'],
  ],
  FI: [['Europe/Helsinki', 120, 'eu']],
  FR: [['Europe/Paris', 60, 'eu']],
  GB: [['Europe/London', 0, 'eu']],
  GR: [['Europe/Athens', 120, 'eu']],
  HK: [['Asia/Hong_Kong', 480, 'none']],
  HR: [['Europe/Zagreb', 60, 'eu']],
  HU: [['Europe/Budapest', 60, 'eu']],
  ID: [['Asia/Jakarta', 420, 'none']],
  IE: [['Europe/Dublin', 0, 'eu']],
  IN: [['Asia/Kolkata', 330, 'none']],
  IS: [['Atlantic/Reykjavik', 0, 'none']],
  IT: [['Europe/Rome', 60, 'eu']],
  JP: [['Asia/Tokyo', 540, 'none']],
  KE: [['Africa/Nairobi', 180, 'none']],
  KR: [['Asia/Seoul', 540, 'none']],
  LT: [['Europe/Vilnius', 120, 'eu']],
  LU: [['Europe/Luxembourg', 60, 'eu']],
  LV: [['Europe/Riga', 120, 'eu']],
  MT: [['Europe/Malta', 60, 'eu']],
  MX: [
    ['America/Mexico_City', -360, 'none'],
    ['America/Monterrey', -360, 'none'],
    ['America/Hermosillo', -420, 'none'],
    ['America/Cancun', -300, 'none'],
    ['America/Tijuana', -480, 'us'],
  ],
  MY: [['Asia/Kuala_Lumpur', 480, 'none']],
  NG: [['Africa/Lagos', 60, 'none']],
  NL: [['Europe/Amsterdam', 60, 'eu']],
  NO: [['Europe/Oslo', 60, 'eu']],
  NZ: [['Pacific/Auckland', 720, 'nz']],
  PE: [['America/Lima', -300, 'none']],
  PH: [['Asia/Manila', 480, 'none']],
  PL: [['Europe/Warsaw', 60, 'eu']],
  PT: [
    ['Europe/Lisbon', 0, 'eu'],
    ['Atlantic/Madeira', 0, 'eu'],
    ['Atlantic/Azores', -60, 'eu'],
  ],
  RO: [['Europe/Bucharest', 120, 'eu']],
  RS: [['Europe/Belgrade', 60, 'eu']],
  SA: [['Asia/Riyadh', 180, 'none']],
  SE: [['Europe/Stockholm', 60, 'eu']],
  SG: [['Asia/Singapore', 480, 'none']],
  SI: [['Europe/Ljubljana', 60, 'eu']],
  SK: [['Europe/Bratislava', 60, 'eu']],
  TH: [['Asia/Bangkok', 420, 'none']],
  TR: [['Europe/Istanbul', 180, 'none']],
  TW: [['Asia/Taipei', 480, 'none']],
  US: [
    ['America/New_York', -300, 'us'],
    ['America/Chicago', -360, 'us'],
    ['America/Los_Angeles', -480, 'us'],
    ['America/Denver', -420, 'us'],
    ['America/Phoenix', -420, 'none'],
    ['America/Detroit', -300, 'us'],
    ['America/Indiana/Indianapolis', -300, 'us'],
    ['America/Anchorage', -540, 'us'],
    ['Pacific/Honolulu', -600, 'none'],
  ],
  VN: [['Asia/Ho_Chi_Minh', 420, 'none']],
  ZA: [['Africa/Johannesburg', 120, 'none']],
};

const zoneOf = ([name, standardMinutes, daylight]: Zone): TimeZone =>
  Object.freeze({ name, standardMinutes, daylight });

const zones: ReadonlyMap<string, TimeZone> = new Map(
  [...Object.values(byCountry).flat(), ['UTC', 0, 'none'] as const, ['Etc/UTC', 0, 'none'] as const].map(
    (zone) => [zone[0], zoneOf(zone)],
  ),
);

/** Older names of zones of the table (tz database 2025b, `backward`). */
const links: ReadonlyMap<string, string> = new Map(
  [
    'UTC=Etc/UCT,Etc/Universal,Etc/Zulu,Etc/GMT,GMT,UCT,Universal,Zulu',
    'Europe/Brussels=CET,MET',
    'Europe/Athens=EET',
    'Europe/Lisbon=WET,Portugal',
    'Europe/London=GB,Europe/Belfast,Europe/Guernsey,Europe/Jersey,Europe/Isle_of_Man',
    'Europe/Dublin=Eire',
    'Europe/Warsaw=Poland',
    'Europe/Istanbul=Turkey,Asia/Istanbul',
    'Europe/Rome=Europe/Vatican,Europe/San_Marino',
    'Europe/Zurich=Europe/Busingen,Europe/Vaduz',
    'Asia/Nicosia=Europe/Nicosia',
    'Atlantic/Reykjavik=Iceland',
    'Asia/Kolkata=Asia/Calcutta',
    'Asia/Ho_Chi_Minh=Asia/Saigon',
    'Asia/Shanghai=PRC,Asia/Chongqing,Asia/Harbin',
    'Asia/Hong_Kong=Hongkong',
    'Asia/Tokyo=Japan',
    'Asia/Seoul=ROK',
    'Asia/Taipei=ROC',
    'Asia/Singapore=Singapore',
    'Pacific/Auckland=NZ',
    'Australia/Sydney=Australia/ACT,Australia/Canberra,Australia/NSW',
    'Australia/Melbourne=Australia/Victoria',
    'Australia/Brisbane=Australia/Queensland',
    'Australia/Adelaide=Australia/South',
    'Australia/Darwin=Australia/North',
    'Australia/Perth=Australia/West',
    'Australia/Hobart=Australia/Tasmania',
    'America/New_York=US/Eastern,EST5EDT',
    'America/Chicago=US/Central,CST6CDT',
    'America/Denver=US/Mountain,MST7MDT',
    'America/Los_Angeles=US/Pacific,PST8PDT',
    'America/Phoenix=US/Arizona,MST',
    'America/Anchorage=US/Alaska',
    'America/Detroit=US/Michigan',
    'Pacific/Honolulu=US/Hawaii,HST',
    'America/Indiana/Indianapolis=US/East-Indiana,America/Indianapolis,America/Fort_Wayne',
    'America/Toronto=Canada/Eastern,America/Montreal',
    'America/Winnipeg=Canada/Central',
    'America/Edmonton=Canada/Mountain',
    'America/Vancouver=Canada/Pacific',
    'America/Halifax=Canada/Atlantic',
    'America/St_Johns=Canada/Newfoundland',
    'America/Regina=Canada/Saskatchewan',
    'America/Sao_Paulo=Brazil/East',
    'America/Manaus=Brazil/West',
    'America/Mexico_City=Mexico/General',
    'America/Argentina/Buenos_Aires=America/Buenos_Aires',
  ].flatMap((line) => {
    const [name = '', older = ''] = line.split('=');
    return older.split(',').map((link) => [link, name] as const);
  }),
);

/** Names of all zones of the table. */
export const zoneNames: readonly string[] = [...zones.keys()];

/** The zone of a name, or of the name that an older one stands for; undefined where the table has none. */
export function zoneByName(name: string): TimeZone | undefined {
  return zones.get(links.get(name) ?? name);
}

/** The zone of a country that has one only. */
export function onlyZoneOf(country: string): TimeZone | undefined {
  const found = Object.hasOwn(byCountry, country) ? (byCountry[country] ?? []) : [];
  return found.length === 1 && found[0] !== undefined ? zoneOf(found[0]) : undefined;
}
