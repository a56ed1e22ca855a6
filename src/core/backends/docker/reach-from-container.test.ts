import { describe, expect, it } from 'vitest';
import { reachFromContainer } from './reach-from-container';

describe('reachFromContainer', () => {
  it.each([
    ['http://localhost:4999', 'http://host.docker.internal:4999'],
    ['http://127.0.0.1:4999/receiver/v1/otlp', 'http://host.docker.internal:4999/receiver/v1/otlp'],
    ['http://[::1]:4999/', 'http://host.docker.internal:4999/'],
  ])('names this machine instead of its loopback: %s', (endpoint, reached) => {
    expect(reachFromContainer(endpoint)).toBe(reached);
  });

  it.each([
    'https://collectors.sumologic.com/receiver/v1/otlp',
    'http://192.168.1.7:4318',
    'http://localhost.example.org',
  ])('leaves other addresses as they are: %s', (endpoint) => {
    expect(reachFromContainer(endpoint)).toBe(endpoint);
  });
});
