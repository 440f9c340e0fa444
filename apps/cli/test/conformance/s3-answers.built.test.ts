import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedFor } from '../authorization.js';
import { s3Cases } from './s3-table.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint();
});

afterAll(() => served.stop());

test.each(s3Cases)(
  '$name: $request',
  async ({ request, headers = {}, body, status, holds, answers = {} }) => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${served.endpoint}${path}`, {
      method,
      headers: { ...signedFor('s3'), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    if (holds.length === 0) expect(text).toBe('');
    for (const part of holds) expect(text).toContain(part);
    for (const [name, value] of Object.entries(answers)) expect(response.headers.get(name)).toBe(value);
  },
);
