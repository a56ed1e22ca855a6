import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedactionRule } from '../../../shared/contract/destinations';
import { type AlloyPipeline, localOnly } from './alloy-pipeline';
import { renderConfig } from './render-config';
import { shippedConfigs } from './shipped-configs';

/** Path of a real Alloy; without one there is nothing to ask. */
const alloy = process.env.WATCHTOWER_ALLOY_BINARY ?? '';
const run = promisify(execFile);

const sumo = { id: 'sumo', endpoint: 'https://cloud.example/receiver/v1/otlp', headers: { 'x-sumo-token': 't' } };
const grafana = { id: '3f1a-GC', endpoint: 'https://g.example/otlp', headers: { Authorization: 'Basic t' } };
const plain = { id: 'any', endpoint: 'http://127.0.0.1:9', headers: { a: 'b', "x-'odd!#$%&*+^_`|~": 'c' } };
const redaction: RedactionRule[] = ['a"b', 'a`b', '\\d+$', '\n', '\u0000', '(?i)x', 'é\u{1F600}', '%s'].flatMap(
  (text) => [
    { action: 'drop', keys: text, enabled: true },
    { action: 'hash', keys: text, enabled: true },
    { action: 'mask', values: text, replacement: text, enabled: true },
  ],
);
const scrapeTargets = [{ job: 'a "job"', address: 'host.docker.internal:8080', path: '/metrics' }];

const modes: Record<string, AlloyPipeline> = {
  'local-only': localOnly,
  'one destination': { ...localOnly, destinations: [sumo] },
  'every kind of destination': { ...localOnly, destinations: [sumo, grafana, plain] },
  redaction: { ...localOnly, destinations: [sumo, plain], redaction },
  'Faro and scraping': { ...localOnly, faro: true, scrapeTargets },
  everything: { destinations: [sumo, grafana, plain], redaction, faro: true, scrapeTargets },
};

const configs: Record<string, string> = {
  ...Object.fromEntries(Object.entries(modes).map(([mode, pipeline]) => [mode, renderConfig(pipeline)])),
  ...shippedConfigs,
};

describe.skipIf(alloy === '')('a real Alloy (WATCHTOWER_ALLOY_BINARY)', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchtower-alloy-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(configs))('finds %s valid and formatted as it formats it', async (mode) => {
    const config = configs[mode]!;
    const path = join(folder, `${mode.replaceAll('/', ' ')}.alloy`);
    await writeFile(path, config);
    await run(alloy, ['validate', path]);
    const { stdout } = await run(alloy, ['fmt', path], { maxBuffer: 16 * 1024 * 1024 });
    expect(stdout).toBe(config);
  });
});
