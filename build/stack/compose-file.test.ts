import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readStackFile } from './read-stack-file';
import { stackCompose } from './stack-compose';

const services = Object.entries(stackCompose.services);

describe('the compose file', () => {
  it('publishes every port on the loopback address alone', () => {
    const ports = services.flatMap(([, service]) => service.ports);
    expect(ports.length).toBeGreaterThanOrEqual(8);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{WATCHTOWER_[A-Z_]+_PORT:-(\d+)\}:\1$/);
  });

  it('gives no container more rights than it needs', () => {
    for (const [name, service] of services) {
      expect(service.cap_drop, name).toEqual(['ALL']);
      expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
      expect(service, name).not.toHaveProperty('privileged');
      expect(service, name).not.toHaveProperty('network_mode');
    }
  });

  it('mounts named volumes alone: no folder of the machine, no socket of the engine', () => {
    const names = Object.keys(stackCompose.volumes);
    for (const [name, service] of services) {
      for (const volume of service.volumes) expect(names, name).toContain(volume.split(':')[0]);
    }
    expect(readStackFile('docker-compose.yml')).not.toContain('docker.sock');
  });

  it('lets each image be replaced, and pins the version of the default', () => {
    for (const [name, service] of services) {
      expect(service.image).toMatch(
        new RegExp(`^\\$\\{WATCHTOWER_IMAGE_${name.toUpperCase()}:-[a-z]+/[a-z]+:v?\\d+\\.\\d+\\.\\d+\\}$`),
      );
    }
  });

  it('bounds the memory of each service, and tells its runtime a lower bound', () => {
    for (const [name, service] of services) {
      const limit = /^(\d+)([mg])$/.exec(service.mem_limit!)!;
      const mebibytes = Number(limit[1]) * (limit[2] === 'g' ? 1024 : 1);
      const soft = Number(/^(\d+)MiB$/.exec(service.environment!.GOMEMLIMIT!)![1]);
      expect(soft / mebibytes, name).toBeGreaterThan(0.7);
      expect(soft / mebibytes, name).toBeLessThan(0.9);
    }
  });

  it('checks the health of each service', () => {
    for (const [name, service] of services) expect(service.healthcheck?.test[0], name).toBe('CMD');
  });

  it('finds every config file, and uses each', () => {
    const used = services.flatMap(([, service]) => service.configs.map(({ source }) => source));
    expect([...used].sort()).toEqual(Object.keys(stackCompose.configs).sort());
    for (const { file } of Object.values(stackCompose.configs)) expect(readStackFile(file)).not.toBe('');
  });
});

describe('the configs', () => {
  it('keep what they hold for the same time', () => {
    const tempo = parse(readStackFile('tempo/tempo.yaml'));
    expect(tempo.backend_worker.compaction.block_retention).toBe('72h');
    expect(tempo.backend_scheduler.provider.compaction.compaction.block_retention).toBe('72h');
    const loki = parse(readStackFile('loki/loki.yaml'));
    expect(loki.limits_config.retention_period).toBe('72h');
    expect(loki.compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
    expect(stackCompose.services.prometheus!.command).toContain('--storage.tsdb.retention.time=72h');
  });

  it('scrape every service of the stack, so that `up` answers for each', () => {
    const jobs: { job_name: string }[] = parse(readStackFile('prometheus/prometheus.yml')).scrape_configs;
    expect(jobs.map(({ job_name }) => job_name).sort()).toEqual(Object.keys(stackCompose.services).sort());
  });

  it('hold no secret: a destination names a file of its own for it', () => {
    for (const file of ['alloy/config.alloy', 'alloy/config-local-only.alloy']) {
      expect(readStackFile(file)).not.toMatch(/receiver\/v1\/otlp\/\w|glc_|Bearer /);
    }
  });
});
