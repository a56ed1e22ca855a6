import { expect, it } from 'vitest';
import { cutPresignedToken } from './cut-presigned-token';

const endpoint = 'https://endpoint1.collection.eu.sumologic.com/receiver/v1/otlp';

it('parts the token from the URL, whatever stands behind it', () => {
  for (const url of [`${endpoint}/T0k3n==`, ` ${endpoint}/T0k3n==/v1/traces\n`, `${endpoint}/T0k3n%3D%3D?x=1`]) {
    expect(cutPresignedToken(url)).toEqual({ endpoint, token: 'T0k3n==' });
  }
});

it('finds none where there is none', () => {
  for (const text of [endpoint, `${endpoint}/`, `${endpoint}/v1/logs`, 'https://example.com/x/y', 'not a url']) {
    expect(cutPresignedToken(text)).toBeNull();
  }
});
