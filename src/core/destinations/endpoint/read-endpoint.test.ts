import { describe, expect, it } from 'vitest';
import { readEndpoint } from './read-endpoint';

const sumo = (endpoint: string) => readEndpoint({ kind: 'sumo', endpoint });
const otlp = (endpoint: string) => readEndpoint({ kind: 'otlp', endpoint });
const base = 'https://collectors.de.sumologic.com/receiver/v1/otlp';

describe('readEndpoint', () => {
  it.each([
    [`${base}/ToKen==`, 'ToKen=='],
    [`${base}/ToKen==/`, 'ToKen=='],
    [`${base}/ToKen%3D%3D/v1/traces`, 'ToKen=='],
    [`${base}/ToKen/v1/logs/`, 'ToKen'],
    [`${base}/ToKen/v1/metrics?x=1#y`, 'ToKen'],
    [`${base}/v1`, 'v1'],
    [`${base}/%E0%A4%A`, '%E0%A4%A'],
  ])('cuts the token out of the presigned URL %s', (url, token) => {
    expect(sumo(url)).toEqual({ endpoint: base, token });
  });

  it.each([base, `${base}/`, `${base}/v1/traces`, 'https://collectors.de.sumologic.com', `${base}?x=1`])(
    'takes %s as a URL without a token',
    (url) => {
      expect(sumo(url)).toEqual({ endpoint: base });
    },
  );

  it.each(['https://sumo.example/receiver/v1/http/CANARY', `${base}/a/CANARY`, 'https://x.example/CANARY'])(
    'refuses %s as no OTLP source, without repeating it',
    (url) => {
      const problem = sumo(url);
      expect(problem).toMatchObject({ kind: 'not-an-otlp-source', hint: expect.stringContaining('OTLP/HTTP') });
      expect(JSON.stringify(problem)).not.toContain('CANARY');
    },
  );

  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318'],
    ['https://otel.example/base/v1/traces', 'https://otel.example/base'],
    ['https://otel.example/api/v1/otlp', 'https://otel.example/api/v1/otlp'],
    ['HTTPS://OTEL.example:443/Path/', 'https://otel.example/Path'],
  ])('reads the base URL of %s', (url, endpoint) => {
    expect(otlp(url)).toEqual({ endpoint });
  });

  it.each([
    'https://user:CANARY@otel.example/',
    'https://CANARY@otel.example/',
    'https://otel.example/?api_key=CANARY',
    'https://otel.example/#CANARY',
    `${base}/CANARY`,
  ])('refuses %s, without repeating the secret', (url) => {
    const problem = otlp(url);
    expect(problem).toMatchObject({ kind: 'endpoint-refused' });
    expect(JSON.stringify(problem)).not.toContain('CANARY');
  });

  it('refuses credentials in a Sumo Logic URL as well', () => {
    expect(sumo('https://a:b@sumo.example/receiver/v1/otlp/x')).toMatchObject({ kind: 'endpoint-refused' });
  });
});
