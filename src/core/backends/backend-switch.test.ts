import { describe, expect, it } from 'vitest';
import type { SwitchableBackend } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import { testCapabilities } from '../../shared/test-capabilities';
import type { Backend } from './backend';
import { BackendSwitch } from './backend-switch';

const stuck: Problem = { kind: 'engine-silent', message: 'It does not stop.' };
const one = { destinations: [{ id: 'a', endpoint: 'https://x.example', headers: {} }], redaction: [] };

/** Both backends write what they are told into one list. */
function open(refusals: { stop?: Problem; forward?: Problem; save?: Problem | Error } = {}) {
  const told: string[] = [];
  const backend = (kind: SwitchableBackend): Backend => ({
    kind,
    capabilities: testCapabilities(kind),
    subscribe: () => () => {},
    start: () => void told.push(`start ${kind}`),
    stop: async () => {
      told.push(`stop ${kind}`);
      return refusals.stop ?? null;
    },
    restart() {},
    settled: async () => {},
    describe: () => {
      throw new Error('not asked here');
    },
    forward: async ({ destinations }) => {
      told.push(`forward ${kind} ${destinations.length}`);
      return refusals.forward ?? null;
    },
    dismiss: () => false,
    deliveries: () => new Map(),
    close: async () => {},
  });
  const saved: SwitchableBackend[] = [];
  const backends = new BackendSwitch({
    backends: {
      embedded: backend('embedded'),
      docker: backend('docker'),
      kubernetes: backend('kubernetes'),
      external: backend('external'),
    },
    chosen: 'embedded',
    async save(kind) {
      if (refusals.save instanceof Error) throw refusals.save;
      if (refusals.save) return refusals.save;
      saved.push(kind);
      return null;
    },
    log: { info() {}, warn() {}, error() {} },
  });
  return { backends, told, saved };
}

describe('BackendSwitch', () => {
  it('gives the other one the forwarding, then stops the one and starts the other', async () => {
    const { backends, told, saved } = open();
    await backends.forward(one);
    expect(await backends.switchTo('docker')).toBeNull();
    expect(told).toEqual(['forward embedded 1', 'forward docker 1', 'stop embedded', 'start docker']);
    expect(backends.current.kind).toBe('docker');
    expect(saved).toEqual(['docker']);
  });

  it('stays with the one that does not stop', async () => {
    const { backends, told, saved } = open({ stop: stuck });
    expect(await backends.switchTo('docker')).toBe(stuck);
    expect(told).not.toContain('start docker');
    expect(backends.current.kind).toBe('embedded');
    expect(saved).toEqual([]);
  });

  it.each([
    ['cannot be written', stuck, 'engine-silent'],
    ['fails unexpectedly', new Error('ENOSPC'), 'backend-not-kept'],
  ])('starts the old one again where the choice %s', async (_, save, kind) => {
    const { backends, told } = open({ save });
    expect(await backends.switchTo('docker')).toMatchObject({ kind });
    expect(told.slice(-2)).toEqual(['stop embedded', 'start embedded']);
    expect(backends.current.kind).toBe('embedded');
  });

  it('stops nothing when the other one refuses what is to be forwarded', async () => {
    const { backends, told } = open({ forward: stuck });
    expect(await backends.switchTo('docker')).toBe(stuck);
    expect(told).toEqual(['forward docker 0']);
  });

  it('lets one change follow the other', async () => {
    const { backends, told } = open();
    await Promise.all([backends.switchTo('docker'), backends.forward(one), backends.switchTo('embedded')]);
    expect(told.slice(3)).toEqual(['forward docker 1', 'forward embedded 1', 'stop docker', 'start embedded']);
  });

  it('does nothing where the wanted one stands already', async () => {
    const { backends, told } = open();
    expect(await backends.switchTo('embedded')).toBeNull();
    expect(told).toEqual([]);
  });
});
