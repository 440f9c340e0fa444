import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAwsHost, isLoopback, isLoopbackUrl } from '../src/index.js';

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'app.localhost',
  'a.b.localhost.',
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  '[::1]',
  '0:0:0:0:0:0:0:1',
  '::ffff:127.0.0.1',
  '[::ffff:7f00:1]',
])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([
  '',
  '.',
  '.localhost',
  'localhost..',
  'localhost.example.com',
  'notlocalhost',
  '127.example.com',
  '127.0.0.1.example.com',
  '127.0.0.256',
  '127.0.0.01',
  '127.0.0.1 ',
  '128.0.0.1',
  '0.0.0.0',
  '::',
  '::2',
  '::ffff:128.0.0.1',
  '::ffff:127.0.0.1%lo',
  '[::1',
  '::1]@evil.example',
  'example.com:80',
])('%j is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});

test('addresses are judged as by the address list of Node', () => {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.nat(0xff_ff_ff).map((n) => `127.${n >> 16}.${(n >> 8) & 255}.${n & 255}`),
  );
  fc.assert(
    fc.property(address, fc.boolean(), (ip, mapped) => {
      const host = mapped && isIP(ip) === 4 ? `::ffff:${ip}` : ip;
      const expected = loopback.check(ip, isIP(ip) === 4 ? 'ipv4' : 'ipv6');
      // BlockList sees through the mapping only for its own IPv4 rules, which is what is compared.
      expect(isLoopback(host)).toBe(expected);
    }),
  );
});

test('a URL is judged by its host, in every spelling that URLs have', () => {
  for (const url of [
    'http://127.1:80',
    'https://[::FFFF:127.0.0.1]/x',
    'http://2130706433',
    'http://app.localhost',
  ]) {
    expect(isLoopbackUrl(url)).toBe(true);
  }
  for (const url of ['', 'localhost', 'http://127.example.com', 'http://localhost@example.com']) {
    expect(isLoopbackUrl(url)).toBe(false);
  }
});
test('hosts below a suffix of AWS are AWS’s, whatever is before it, and no others', () => {
  const vpc = 'vpce-1a2b-3c4d.athena.us-east-1.vpce.amazonaws.com';
  expect(
    [vpc, 'SQS.us-gov-west-1.amazonaws.com', 'sqs.us-iso-east-1.c2s.ic.gov'].filter(isAwsHost),
  ).toHaveLength(3);
  expect(
    ['amazonaws.com', 'xamazonaws.com', 'amazonaws.com.evil.example', 'localhost', 'api.aws', ''].filter(
      isAwsHost,
    ),
  ).toEqual([]);
});
