import { describe, expect, test } from 'vitest';
import { foreignPage, isPageVisit } from '../src/index.js';

const host = 'localhost:5080';

describe('a request', () => {
  test.each([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://localhost:5080' },
    { origin: 'http://LOCALHOST:5080', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-mode': 'cors' },
  ])('with %j is a program’s or the own page’s', (headers) => {
    expect(foreignPage({ host, ...headers })).toBeUndefined();
  });

  test.each([
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://localhost' },
    { origin: 'http://localhost:5081' },
    { origin: 'http://127.0.0.1:5080' },
    { origin: 'https://localhost:5080' },
    { origin: 'http://localhost:5080/' },
    { origin: ['http://localhost:5080', 'http://localhost:5080'] },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://localhost:5080' },
    { 'sec-fetch-site': 'same-origin, same-origin' },
    { 'sec-fetch-site': '' },
  ])('with %j is another page’s', (headers) => {
    expect(foreignPage({ host, ...headers })).toMatch(/^(Origin|Sec-Fetch-Site): /);
  });

  test('without a Host has no origin of its own', () => {
    expect(foreignPage({ origin: 'http://' })).toBe('Origin: http://');
    expect(foreignPage({ origin: 'http://localhost' })).toBe('Origin: http://localhost');
  });

  test('is a visit when it opens a page of its own', () => {
    const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(isPageVisit('GET', visit)).toBe(true);
    expect(isPageVisit('POST', visit)).toBe(false);
    expect(isPageVisit('GET', { ...visit, origin: 'null' })).toBe(false);
    expect(isPageVisit('GET', { ...visit, 'sec-fetch-dest': 'iframe' })).toBe(false);
    expect(isPageVisit('GET', { ...visit, 'sec-fetch-mode': 'no-cors' })).toBe(false);
    expect(isPageVisit('GET', {})).toBe(false);
  });
});
