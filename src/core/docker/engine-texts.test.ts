import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { packFiles, unpackFirstFile } from './pack-files';
import { withTag } from './pull-image';
import { readLogLines } from './read-log-frames';
import { readPullLine } from './read-pull';
import { refuseRealLabel, refuseRealProject } from './refuse-real-project';
import { toCreateOptions } from './to-create-options';
import { readEvent } from './watch-events';

describe('packFiles', () => {
  it('packs files, long paths and folders as tar reads them', () => {
    const long = `/${'a'.repeat(90)}/${'b'.repeat(90)}/c.txt`;
    const archive = packFiles(
      [
        { path: '/etc/a b', content: 'one', mode: 0o600, uid: 473, gid: 12 },
        { path: '/data/', content: '', mode: 0o770, uid: 10001 },
        { path: long, content: new Uint8Array(700), mode: 0o644 },
      ],
      1_700_000_000_000,
    );
    const list = execFileSync('tar', ['-tvf', '-', '--numeric-owner'], { input: archive, encoding: 'utf8' });
    expect(list.split('\n')[0]).toMatch(/^-rw-{7}\s+473\/12\s+3 2023-11-14 .* etc\/a b$/);
    expect(list.split('\n')[1]).toMatch(/^drwxrwx---\s+10001\/0\s+0 .* data\/$/);
    expect(list.split('\n')[2]).toContain(long.slice(1));
    expect(unpackFirstFile(archive)).toBe('one');
  });

  it('refuses a path that an archive cannot hold', () => {
    expect(() => packFiles([{ path: `/${'x'.repeat(300)}`, content: '', mode: 0o644 }], 0)).toThrow('too long');
    expect(() => packFiles([{ path: 'relative', content: '', mode: 0o644 }], 0)).toThrow('absolute');
  });
});

describe('readLogLines', () => {
  it('joins lines over frames and chunks, each stream by itself', async () => {
    const frame = (stream: number, text: string) => {
      const head = Buffer.alloc(8);
      head[0] = stream;
      head.writeUInt32BE(Buffer.byteLength(text), 4);
      return Buffer.concat([head, Buffer.from(text)]);
    };
    const bytes = Buffer.concat([
      frame(1, '2026-01-01T00:00:00.5Z half'),
      frame(2, '2026-01-01T00:00:01Z oops\n'),
      frame(1, ' way\n2026-01-01T00:00:02Z end'),
    ]);
    const chunks = [bytes.subarray(0, 5), bytes.subarray(5, 40), bytes.subarray(40)];
    const lines = [];
    for await (const line of readLogLines(chunks)) lines.push(line);
    const second = Date.parse('2026-01-01T00:00:00Z');
    expect(lines).toEqual([
      { at: second + 1_000, stream: 'stderr', text: 'oops' },
      { at: second + 500, stream: 'stdout', text: 'half way' },
      { at: second + 2_000, stream: 'stdout', text: 'end' },
    ]);
  });
});

describe('readPullLine', () => {
  it('counts a layer up to its size, keeps it done, and passes over what tells of no layer', () => {
    const sizes = new Map<string, number>();
    const read = (message: object) => readPullLine(JSON.stringify(message), sizes);
    expect(read({ status: 'Pulling from grafana/loki', id: '3.7.6' })).toBeNull();
    expect(read({ status: 'Downloading', progressDetail: { current: 5, total: 9 }, id: 'a' })).toEqual({
      layer: 'a',
      state: 'downloading',
      current: 5,
      total: 9,
    });
    expect(read({ status: 'Retrying in 3 seconds', id: 'a' })).toMatchObject({ state: 'waiting', trouble: /Retrying/ });
    expect(read({ status: 'Extracting', progressDetail: { current: 1, total: 9 }, id: 'a' })).toMatchObject({
      state: 'extracting',
      current: 9,
    });
    expect(read({ status: 'Pull complete', id: 'a' })).toEqual({ layer: 'a', state: 'done', current: 9, total: 9 });
    expect(() => read({ error: 'denied', errorDetail: { message: 'denied' } })).toThrow('denied');
  });

  it('never pulls every tag of a name', () => {
    expect(withTag('host:5000/loki')).toBe('host:5000/loki:latest');
    expect(withTag('host:5000/loki:1')).toBe('host:5000/loki:1');
    expect(withTag('loki@sha256:0')).toBe('loki@sha256:0');
  });
});

describe('readEvent', () => {
  it.each([
    [{ Type: 'container', Action: 'died', Actor: { Attributes: { containerExitCode: '137' } } }, 'die', 137],
    [{ Type: 'container', Action: 'die', Actor: { Attributes: { exitCode: '1' } } }, 'die', 1],
    [{ Type: 'container', Action: 'health_status: healthy' }, 'health_status', undefined],
    [{ Type: 'volume', Action: 'remove' }, 'destroy', undefined],
  ])('reads %j as %s', (raw, action, exitCode) => {
    const event = readEvent(JSON.stringify({ time: 5, ...raw }));
    expect(event).toMatchObject({ action, at: 5_000 });
    expect(event!.exitCode).toBe(exitCode);
  });
});

describe('what may never happen', () => {
  it('publishes no port beyond this machine', () => {
    const port = { containerPort: 80, protocol: 'tcp' as const, hostPort: 80 };
    const spec = {
      name: 'x',
      image: 'y',
      environment: {},
      labels: {},
      mounts: [],
      network: 'n',
      aliases: [],
      extraHosts: [],
      restart: 'no' as const,
    };
    for (const hostIp of ['0.0.0.0', '', '::', '192.168.1.5']) {
      expect(() => toCreateOptions({ ...spec, ports: [{ ...port, hostIp }] })).toThrow('would be published');
    }
    const { HostConfig } = toCreateOptions({ ...spec, ports: [{ ...port, hostIp: '127.0.0.1' }] });
    expect(HostConfig!.PortBindings).toEqual({ '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '80' }] });
    expect(HostConfig).not.toHaveProperty('Privileged');
  });

  it('touches no container of a real user in a test run', () => {
    const labels = { 'com.docker.compose.project': 'watchtower' };
    expect(() => refuseRealProject(labels)).toThrow('real project');
    expect(() => refuseRealLabel('com.docker.compose.project=watchtower')).toThrow('real project');
    expect(() => refuseRealProject(labels, {})).not.toThrow();
    expect(() => refuseRealLabel('com.docker.compose.project=wt-test-1')).not.toThrow();
  });
});
