import { describe, expect, it } from 'vitest';
import { readPortSwitches } from './read-port-switches';

describe('readPortSwitches', () => {
  it('takes the flags of serve, and leaves out what is no port', () => {
    const given: Record<string, string> = {
      'otlp-grpc-port': '5317',
      'tempo-port': '0',
      'loki-port': 'x',
      'otlp-http-port': '70000',
    };
    expect(readPortSwitches((name) => given[name] ?? '')).toEqual({ otlpGrpc: 5317, tempo: 0 });
  });
});
