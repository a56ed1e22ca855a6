import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFiles } from '../render-files';
import { type AlloyPipeline, localOnly } from './alloy-pipeline';
import { quote } from './alloy-text';
import { componentLabel, secretPath } from './name-components';
import { renderConfig } from './render-config';
import { shippedConfigs } from './shipped-configs';

const canary = 'canary-token-5309';
const sumo = { id: 'sumo', endpoint: 'https://cloud.example/receiver/v1/otlp', headers: { 'x-sumo-token': canary } };
const grafana = { id: 'g-1', endpoint: 'https://g.example/otlp', headers: { Authorization: `Basic ${canary}` } };
const bare = { id: 'bare', endpoint: 'http://127.0.0.1:9', headers: {} };
const mask = { action: 'mask' as const, values: 'token=\\w+', replacement: '***', enabled: true };
const dualWrite: AlloyPipeline = { ...localOnly, destinations: [sumo, grafana, bare] };
const redacted: AlloyPipeline = { ...dualWrite, redaction: [mask] };

/** The blocks of a configuration, by their first line. */
function blocksOf(config: string): Map<string, string> {
  const blocks = config.split(/^(?=[a-z].* \{$)/m).map((block) => block.replace(/\n+(\/\/.*\n)*$/, ''));
  return new Map(blocks.filter((block) => /^[a-z]/.test(block)).map((block) => [block.split('\n')[0]!, block]));
}

describe('renderConfig', () => {
  it('leaves everything before the fan-out byte-identical in every mode', () => {
    const fan = 'otelcol.processor.batch "fan"';
    const [local, ...others] = [localOnly, dualWrite, redacted].map((pipeline) => renderConfig(pipeline).split(fan)[0]);
    expect(local).toContain('otelcol.receiver.otlp "in"');
    for (const other of others) expect(other).toBe(local);
  });

  it('leaves the local exporters as they are in every mode', () => {
    const exporters = [
      'otelcol.exporter.otlp "tempo" {',
      'otelcol.exporter.otlphttp "loki" {',
      'otelcol.exporter.otlphttp "prometheus" {',
    ];
    const [local, ...others] = [localOnly, dualWrite, redacted].map((pipeline) => blocksOf(renderConfig(pipeline)));
    for (const name of exporters) {
      expect(local!.get(name)).toBeDefined();
      for (const other of others) expect(other.get(name)).toBe(local!.get(name));
    }
  });

  it.each([
    ['kubernetes/config-local-only.alloy', 'kubernetes/config.alloy'],
    ['kubernetes/config-production-local-only.alloy', 'kubernetes/config-production.alloy'],
  ])('does so in a cluster as well: %s', (local, dual) => {
    const [before, after] = [local, dual].map(
      (name) => shippedConfigs[name]!.split('otelcol.processor.batch "fan"')[0]!,
    );
    const withoutHead = (text: string) => text.slice(text.indexOf('logging {'));
    expect(withoutHead(after!)).toBe(withoutHead(before!));
    expect(withoutHead(before!)).toContain('otelcol.receiver.otlp "in"');
  });

  it('takes the address and the token of Sumo Logic from the environment of a cluster, and holds neither', () => {
    const config = shippedConfigs['kubernetes/config.alloy']!;
    expect(config).not.toContain('example.sumologic.com');
    const client = blocksOf(config).get('otelcol.exporter.otlphttp "cloud_sumo" {');
    expect(client).toContain('endpoint    = string.split(sys.env("SUMO_ENDPOINT")');
    expect(blocksOf(config).get('otelcol.auth.headers "cloud_sumo" {')).toContain('key   = "x-sumo-token"');
    expect(config).not.toContain('local.file');
  });

  it('sends to a destination by way of the redaction when a rule is enabled, and only then', () => {
    const next = (pipeline: AlloyPipeline) =>
      blocksOf(renderConfig(pipeline)).get('otelcol.processor.filter "probes" {');
    expect(next({ ...dualWrite, agentContent: true })).toContain('otelcol.exporter.otlphttp.cloud_sumo.input');
    expect(next(redacted)).toContain('otelcol.processor.transform.redact.input');
    expect(next(redacted)).not.toContain('cloud_');
    expect(renderConfig({ ...dualWrite, redaction: [{ ...mask, enabled: false }] })).toBe(renderConfig(dualWrite));
    expect(renderConfig({ ...localOnly, redaction: [mask] })).toBe(renderConfig(localOnly));
  });

  it('leaves out what coding agents were told and said, unless that is wanted', () => {
    expect(renderConfig(dualWrite)).toMatch(/delete_matching_keys\(attributes, .*gen_ai.*claude-code/);
    expect(renderConfig({ ...redacted, agentContent: true })).not.toContain('claude-code');
  });

  it('leaves its own probes out of what is sent to a destination, and gives the local backends all', () => {
    const blocks = blocksOf(renderConfig(dualWrite));
    expect(blocks.get('otelcol.processor.batch "fan" {')).toContain('otelcol.processor.filter.probes.input');
    expect(blocks.get('otelcol.processor.batch "fan" {')).not.toContain('cloud_');
    const own = 'resource.attributes["service.name"] == "watchtower-probe"';
    expect(blocks.get('otelcol.processor.filter "probes" {')!.split(own)).toHaveLength(4);
    expect(renderConfig(localOnly)).not.toContain('filter');
  });

  it('names secrets by their file and never holds them', () => {
    const config = renderConfig(redacted);
    expect(config).not.toContain(canary);
    expect(config).toContain(`filename       = "${secretPath('sumo', 0)}"`);
    const secrets = renderFiles(redacted).filter(({ content }) => content.includes(canary));
    expect(secrets).toEqual([
      { path: secretPath('sumo', 0), content: canary, mode: 0o600 },
      { path: secretPath('g-1', 0), content: `Basic ${canary}`, mode: 0o600 },
    ]);
  });

  it('takes in Faro and scrapes only when asked to', () => {
    expect(renderConfig(localOnly)).not.toMatch(/faro|prometheus\.scrape/);
    const target = { job: 'a "job"', address: 'host.docker.internal:8080', path: '/metrics' };
    const config = renderConfig({ ...localOnly, faro: true, scrapeTargets: [target] });
    expect(config).toContain(
      '{__address__ = "host.docker.internal:8080", __metrics_path__ = "/metrics", job = `a "job"`}',
    );
    expect(blocksOf(config).get('faro.receiver "browser" {')).toContain('listen_port          = 12347');
  });

  it.each(Object.keys(shippedConfigs))('yields the shipped file %s', (name) => {
    const path = join(import.meta.dirname, '../../../../resources/stack/alloy', name);
    expect(readFileSync(path, 'utf8'), 'Run: npm run render:alloy').toBe(shippedConfigs[name]);
  });
});

describe('componentLabel', () => {
  it('is an identifier, a different one for each id', () => {
    const ids = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        expect(componentLabel(one)).toMatch(/^[a-z_][a-z0-9_]*$/);
        expect(componentLabel(one) === componentLabel(other)).toBe(one === other);
      }),
      {
        examples: [
          ['a_', 'a_5f_'],
          ['a-b', 'a_2d_b'],
          ['A', 'a'],
        ],
      },
    );
  });
});

describe('quote', () => {
  it('holds any text in one literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = quote(text);
        if (literal.startsWith('`')) expect(literal).toBe(`\`${text}\``);
        else expect(JSON.parse(literal)).toBe(text);
        expect(literal.slice(1, -1)).not.toMatch(literal.startsWith('`') ? /`/ : /^([^\\]|\\.)*?(?<!\\)(\\\\)*"/);
      }),
      { examples: [['`"'], ['\\'], ['\\"'], ['\n"'], ['"\u007f']] },
    );
  });
});
