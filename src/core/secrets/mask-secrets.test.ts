import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask-secrets';

describe('maskSecrets', () => {
  it('masks known secrets in every form they are written in', () => {
    const secret = 'a+b/"c"==';
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret), Buffer.from(secret).toString('base64')];
    for (const form of forms) expect(maskSecrets(`<${form}>`, [secret])).toMatch(/^<"?\*\*\*"?>$/);
  });

  it('masks the longer of two secrets first and leaves short ones alone', () => {
    expect(maskSecrets('abcdefgh abcdef abc', ['abcdef', 'abcdefgh', 'abc'])).toBe('*** *** abc');
  });

  it.each([
    ['POST https://h/receiver/v1/otlp/CANARY==/v1/traces: 401', 'POST https://h/receiver/v1/otlp/***/v1/traces: 401'],
    ['https://h/receiver/v1/http/CANARY"', 'https://h/receiver/v1/http/***"'],
    ['Authorization: Basic Q0FOQVJZ', 'Authorization: Basic ***'],
    ['{"authorization":"CANARY"}', '{"authorization":"***"}'],
    ['sent Bearer CANARY.CANARY', 'sent Bearer ***'],
    ['X-Sumo-Token: CANARY, a', 'X-Sumo-Token: ***, a'],
    ['token glc_CANARYeyJvIjo= was refused', 'token glc_*** was refused'],
    ['http://user:CANARY@host/', 'http://user:***@host/'],
  ])('masks by shape: %s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each(['/receiver/v1/otlp/v1/traces', 'a basic thing', 'http://host:4318/a@b', ''])(
    'leaves %j as it is',
    (text) => {
      expect(maskSecrets(text)).toBe(text);
    },
  );
});
