/**
 * Says whether a host name or address never leaves this machine: `localhost` and names below it, with or without
 * the dot at the end (RFC 6761, section 6.3), 127.0.0.0/8 (RFC 1122, section 3.2.1.3), ::1 (RFC 4291, section
 * 2.5.3) and 127.0.0.0/8 mapped into IPv6. An IPv6 address may be in brackets. A name that only begins like
 * an address (`127.example.com`) is not loopback.
 *
 * @example
 * ```ts
 * import { isLoopback } from '@store/foundation';
 *
 * console.log(isLoopback('app.localhost'), isLoopback('127.0.0.53'), isLoopback('127.example.com')); // true true false
 * ```
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  if (/^(?:[^.\s]+\.)*localhost\.?$/.test(name)) return true;
  if (/^127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}$/.test(name)) return true;
  const address = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  if (!address.includes(':')) return false;
  // The one spelling that URLs have for an IPv6 address; what is none does not parse.
  const url = `http://[${address}]`;
  if (!URL.canParse(url)) return false;
  return /^\[(?:::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})\]$/.test(new URL(url).hostname);
}

/**
 * Says whether a URL names a host of this machine, as {@link isLoopback} does; text that is no URL does not.
 *
 * @example
 * ```ts
 * import { isLoopbackUrl } from '@store/foundation';
 *
 * console.log(isLoopbackUrl('http://[::1]:4566'), isLoopbackUrl('https://firehose.eu-west-1.amazonaws.com')); // true false
 * ```
 */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
/**
 * What names of AWS's endpoints end in, by partition, IPv4 and dual-stack (`partitions.json` of the AWS SDK, read 2026-11;
 * a test holds the list to the SDK's).
 */
const suffixes: readonly string[] = [
  'amazonaws.com',
  'api.aws',
  // China
  'amazonaws.com.cn',
  'api.amazonwebservices.com.cn',
  // European Sovereign Cloud
  'amazonaws.eu',
  'api.amazonwebservices.eu',
  // ISO, ISOB, ISOE, ISOF
  'c2s.ic.gov',
  'api.aws.ic.gov',
  'sc2s.sgov.gov',
  'api.aws.scloud',
  'cloud.adc-e.uk',
  'api.cloud-aws.adc-e.uk',
  'csp.hci.ic.gov',
  'api.aws.hci.ic.gov',
];

/**
 * Says whether a host name is below one of AWS's suffixes, in any partition: a service's own endpoint, or an endpoint of
 * somebody's VPC.
 *
 * @example
 * ```ts
 * import { isAwsHost } from '@store/foundation';
 *
 * console.log(isAwsHost('sqs.cn-north-1.amazonaws.com.cn'), isAwsHost('amazonaws.com.example')); // true false
 * ```
 */
export function isAwsHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return suffixes.some((suffix) => name.endsWith(`.${suffix}`));
}
