import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadStackPlan } from './load-stack-plan';
import type { StackPlan } from './stack-plan';

interface Service {
  [key: string]: unknown;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchtower-compose-'));
  await writeFile(join(folder, 'tempo.yaml'), 'server: {}\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const shipped = join(import.meta.dirname, '../../../../../../resources/stack/docker-compose.yml');
const bare = `
name: \${WATCHTOWER_PROJECT:-wt-test-bare}
services:
  alloy: {image: alloy:1, depends_on: [tempo, loki]}
  tempo:
    image: \${WATCHTOWER_IMAGE_TEMPO:-tempo:3}
    ports: ["127.0.0.1:\${WATCHTOWER_TEMPO_PORT:-3200}:3200"]
    volumes: [data:/var/tempo]
    configs: [{source: tempo, target: /etc/tempo.yaml}]
    mem_limit: 512m
    healthcheck: {test: [CMD, /tempo, "-price=$$5"], interval: 1m30s}
    stop_grace_period: 20s
    environment: [A=1=2, B]
  loki: {image: loki:3, depends_on: {tempo: {condition: service_healthy}}}
  prometheus: {image: prometheus:3}
  grafana: {image: grafana:13}
configs: {tempo: {file: ./tempo.yaml}}
volumes: {data: {}}
x-notes: {anything: goes}
`;

async function load(text: string, variables: Record<string, string> = {}) {
  const file = join(folder, 'docker-compose.yml');
  await writeFile(file, text);
  return loadStackPlan({ file, variables });
}

async function loadPlan(text: string, variables?: Record<string, string>): Promise<StackPlan> {
  const outcome = await load(text, variables);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return outcome.plan;
}

/** The bare file with one service's keys added. */
function withKeys(service: string, keys: Service): string {
  const file = parse(bare) as { services: Record<string, Service> };
  return stringify({ ...file, services: { ...file.services, [service]: { ...file.services[service], ...keys } } });
}

async function complaint(text: string): Promise<string> {
  const outcome = await load(text);
  return 'problem' in outcome ? outcome.problem.message : 'no complaint';
}

describe('loadStackPlan', () => {
  it('carries out every key of the shipped file', async () => {
    const outcome = await loadStackPlan({ file: shipped, variables: { WATCHTOWER_PROJECT: 'wt-test-shipped' } });
    if ('problem' in outcome) throw new Error(outcome.problem.message);
    const { services, volumes } = outcome.plan;
    expect(services.map(({ name }) => name).sort()).toEqual(['alloy', 'grafana', 'loki', 'prometheus', 'tempo']);
    expect(volumes.every(({ name, key }) => name === `wt-test-shipped_${key}`)).toBe(true);
    for (const { spec } of services) {
      expect(spec.ports.map(({ hostIp }) => hostIp)).toEqual(spec.ports.map(() => '127.0.0.1'));
      expect(spec.dropCapabilities).toEqual(['ALL']);
    }
  });

  it('turns values into the units of the engine', async () => {
    const { services } = await loadPlan(bare);
    const { spec, files } = services.find(({ name }) => name === 'tempo')!;
    expect(spec).toMatchObject({
      name: 'wt-test-bare-tempo-1',
      image: 'tempo:3',
      environment: { A: '1=2', B: '' },
      mounts: [{ volume: 'wt-test-bare_data', target: '/var/tempo', readOnly: false }],
      ports: [{ hostIp: '127.0.0.1', hostPort: 3200, containerPort: 3200, protocol: 'tcp' }],
      memoryBytes: 512 * 1024 * 1024,
      healthcheck: { test: ['CMD', '/tempo', '-price=$5'], interval: 90_000 },
      stopGraceMs: 20_000,
      network: 'wt-test-bare_default',
      aliases: ['tempo'],
    });
    expect(files).toEqual([{ path: '/etc/tempo.yaml', content: Buffer.from('server: {}\n'), mode: 0o444 }]);
  });

  it('fills in variables, and their defaults where there are none', async () => {
    const { services } = await loadPlan(bare, { WATCHTOWER_IMAGE_TEMPO: 'mirror.example/tempo@sha256:1', X: '1' });
    expect(services.find(({ name }) => name === 'tempo')!.spec.image).toBe('mirror.example/tempo@sha256:1');
    expect(await complaint(bare.replace(':-tempo:3}', ':?must be set}'))).toContain(
      `"\${WATCHTOWER_IMAGE_TEMPO:?must be set}" is not a variable of a form that is known here`,
    );
  });

  it('puts each service after those it depends on', async () => {
    const { services } = await loadPlan(bare);
    const order = services.map(({ name }) => name);
    expect(order.indexOf('tempo')).toBeLessThan(order.indexOf('loki'));
    expect(order.indexOf('loki')).toBeLessThan(order.indexOf('alloy'));
    expect(services.find(({ name }) => name === 'loki')!.dependsOn).toEqual([{ service: 'tempo', healthy: true }]);
    expect(await complaint(withKeys('tempo', { depends_on: ['alloy'] }))).toContain('depend on each other in a circle');
  });

  it('bears the labels by which docker compose knows its containers', async () => {
    const { services } = await loadPlan(bare);
    expect(services.find(({ name }) => name === 'loki')!.spec.labels).toMatchObject({
      'com.docker.compose.project': 'wt-test-bare',
      'com.docker.compose.service': 'loki',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.container-number': '1',
      'com.docker.compose.depends_on': 'tempo:service_healthy:false',
      'com.docker.compose.project.working_dir': folder,
      'com.docker.compose.project.config_files': join(folder, 'docker-compose.yml'),
    });
  });

  it('has another hash for whatever needs another container, and the same for another host port', async () => {
    const hashOf = async (text: string) => (await loadPlan(text)).services.find(({ name }) => name === 'tempo')!.hash;
    const hash = await hashOf(bare);
    expect(await hashOf(bare.replace('512m', '513m'))).not.toBe(hash);
    expect(await hashOf(bare.replace(':-3200}', ':-3201}'))).toBe(hash);
    await writeFile(join(folder, 'tempo.yaml'), 'server: {log_level: debug}\n');
    expect(await hashOf(bare)).not.toBe(hash);
  });

  it.each([
    [withKeys('loki', { privileged: true }), '"services.loki.privileged" is not a key that Watchtower carries out'],
    [withKeys('loki', { network_mode: 'host' }), '"services.loki.network_mode" is not a key'],
    [`${bare}\nnetworks: {front: {}}`, '"networks" is not a key'],
    [withKeys('loki', { ports: ['3100:3100'] }), 'services.loki.ports.0: "3100:3100" is not of the form'],
    [withKeys('loki', { ports: ['0.0.0.0:3100:3100'] }), 'is not of the form 127.0.0.1:PORT:PORT'],
    [withKeys('loki', { volumes: ['/var/run/docker.sock:/s'] }), 'only NAME:/PATH of a named volume'],
    [withKeys('loki', { volumes: ['other:/loki'] }), 'there is no volume "other"'],
    [withKeys('loki', { configs: [{ source: 'x', target: '/x' }] }), 'there is no config "x"'],
    [withKeys('loki', { mem_limit: 'much' }), '"much" is not a size such as 512m'],
    [withKeys('loki', { stop_grace_period: '10' }), '"10" is not a duration such as 10s'],
    [bare.replace('  grafana: {image: grafana:13}\n', ''), 'services.grafana'],
    [bare.replace('configs: {tempo: {file: ./tempo.yaml}}', 'configs: {tempo: {file: ./gone.yaml}}'), 'gone.yaml'],
    [`${bare}\n  : [`, 'cannot be used'],
  ])('refuses by name what it does not carry out (%#)', async (text, words) => {
    expect(await complaint(text)).toContain(words);
  });
});
