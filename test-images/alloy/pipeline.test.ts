import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planPipeline } from './pipeline';
import { ConfigError, readAlloyConfig } from './read-alloy-config';

const shipped = (name: string) => readFileSync(`resources/stack/alloy/${name}`, 'utf8');
const plan = (text: string) => planPipeline(readAlloyConfig(text));

describe('the stand-in of Alloy', () => {
  it('routes as the shipped configurations say, and sends the secret as the named header', () => {
    const local = plan(shipped('config-local-only.alloy'));
    expect(local.errors.size).toBe(0);
    expect(local.receivers).toEqual({ grpc: '0.0.0.0:4317', http: '0.0.0.0:4318' });
    expect(local.routes).toEqual({
      traces: [{ exporter: 'otelcol.exporter.otlp.tempo', without: [] }],
      metrics: [{ exporter: 'otelcol.exporter.otlphttp.prometheus', without: [] }],
      logs: [{ exporter: 'otelcol.exporter.otlphttp.loki', without: [] }],
    });
    const dual = plan(shipped('config.alloy'));
    expect(dual.routes.traces).toHaveLength(2);
    for (const signal of ['traces', 'metrics', 'logs'] as const)
      expect(dual.routes[signal].map(({ without }) => without)).toEqual([[], ['watchtower-probe']]);
    const cloud = dual.exporters.find(({ id }) => id === dual.routes.traces[1]!.exporter)!;
    expect(cloud.headers).toEqual([
      { name: 'x-sumo-token', value: { file: expect.stringMatching(/^\/etc\/alloy\/secrets\//) } },
    ]);
    // The secret's file is not on this machine: an error of evaluation, with which Alloy loads the graph all the same.
    expect([...dual.errors.values()]).toEqual([expect.stringContaining('no such file')]);
  });

  it.each([
    ['otelcol.exporter.otlphttp "x" {', 'end of file'],
    ['otelcol.exporter.nothing "x" { }', 'cannot find the definition'],
    ['local.file "a" { filename = "/x" }\nlocal.file "a" { filename = "/y" }', 'already declared'],
    ['otelcol.processor.batch "b" { output { traces = [otelcol.exporter.otlp.none.input] } }', 'does not exist'],
    ['a = 1', 'unrecognized attribute'],
    ['otelcol.processor.batch "b" { timeout = ? }', 'illegal character'],
  ])('refuses %j', (text, words) => {
    expect(() => plan(text)).toThrow(ConfigError);
    expect(() => plan(text)).toThrow(words);
  });
});
