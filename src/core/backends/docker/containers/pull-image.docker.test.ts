import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueTestCertificate } from '../../../tls/issue-test-certificate';
import { EngineFailure, type PullEvent } from './container-engine';
import { openDockerApi } from './docker-api';
import { explainPullFailure } from './explain-pull-failure';
import { nameRegistryIssuer } from './name-registry-issuer';
import { localEndpoint, openLocalEngine } from './test-local-engine';
import { type FakeRegistry, openFakeRegistry, type RegistryMood } from './test-registry';

const engine = await openLocalEngine({ pullStallMs: 1_500 });

describe.skipIf(!engine)('a pull by the real engine from a registry', () => {
  let registry: FakeRegistry;
  let image: string;

  beforeAll(async () => {
    registry = await openFakeRegistry();
    image = `${registry.host}/wt-test/tool:1`;
  });

  afterAll(async () => {
    await openDockerApi(localEndpoint)
      .getImage(image)
      .remove({ force: true })
      .catch(() => {});
    await registry.close();
  });

  /** The problem that the user sees, and how long it took. */
  async function failingPull(mood: RegistryMood) {
    registry.mood = mood;
    const start = performance.now();
    try {
      for await (const _ of engine!.pull(image, new AbortController().signal));
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      return { ...explainPullFailure(image, error), milliseconds: performance.now() - start };
    }
    throw new Error('The pull succeeded.');
  }

  it.each([
    ['rate-limited', 'pull-rate-limited', 'docker login 127.0.0.1:'],
    ['unauthorized', 'pull-unauthorized', 'docker login 127.0.0.1:'],
    ['missing', 'pull-not-found', 'tag'],
    ['broken', 'pull-registry-failed', 'tried again'],
    ['other-architecture', 'pull-wrong-architecture', 'WATCHTOWER_IMAGE_'],
  ] as const)('says the cause within 2 s when the registry is %s (36, 39)', async (mood, kind, hint) => {
    const problem = await failingPull(mood);
    expect(problem).toMatchObject({ kind, hint: expect.stringContaining(hint), details: expect.any(String) });
    expect(problem.milliseconds).toBeLessThan(2_000);
  });

  it('gives a stalled pull up after the limit', async () => {
    const problem = await failingPull('stalled');
    expect(problem.kind).toBe('pull-stalled');
    expect(problem.milliseconds).toBeLessThan(4_000);
  });

  it('tells within 2 s that a layer was cut and is repeated by the engine, and ends on cancel', async () => {
    registry.mood = 'cut';
    const cancel = new AbortController();
    const start = performance.now();
    for await (const event of engine!.pull(image, cancel.signal)) {
      if (!event.trouble) continue;
      expect(event.trouble).toMatch(/^Retrying in \d+ second/);
      expect(performance.now() - start).toBeLessThan(2_000);
      cancel.abort();
    }
    expect(cancel.signal.aborted).toBe(true);
    expect(await engine!.image(image)).toBeNull();
  });

  it('says that there is no registry', async () => {
    const gone = '127.0.0.1:1/wt-test/tool:1';
    const pull = async () => {
      for await (const _ of engine!.pull(gone, new AbortController().signal));
    };
    const failure = await pull().catch((error: unknown) => error);
    expect(explainPullFailure(gone, failure as EngineFailure).kind).toBe('pull-unreachable-registry');
  });

  it('tells of the layers as they come, up to the image', async () => {
    registry.mood = 'well';
    const events: PullEvent[] = [];
    for await (const event of engine!.pull(image, new AbortController().signal)) events.push(event);
    expect(events.at(-1)).toMatchObject({ state: 'done' });
    expect(events.some(({ total }) => total > 1_000_000)).toBe(true);
    expect(await engine!.image(image)).toMatchObject({
      architecture: 'amd64',
      digests: [expect.stringContaining('@sha256:')],
    });
  });
});

describe.skipIf(!engine)('a pull from a registry behind a private CA', () => {
  /** Docker asks for no certificate on 127.0.0.0/8: the registry has to stand on the engine's own bridge. */
  async function bridgeAddress(): Promise<string> {
    const { IPAM } = await openDockerApi(localEndpoint).getNetwork('bridge').inspect();
    const { Gateway, Subnet } = IPAM!.Config![0]!;
    // An engine that has just made its bridge does not tell the gateway: it is the first address there.
    return Gateway ?? Subnet!.replace(/\.0\/\d+$/, '.1');
  }

  it('names who issued the certificate, within 2 s (37)', async () => {
    const bridge = await bridgeAddress();
    const registry = createServer(issueTestCertificate('Corp Root CA', bridge), (_, response) => response.end());
    registry.listen(0, bridge);
    await once(registry, 'listening');
    const image = `${bridge}:${(registry.address() as AddressInfo).port}/wt-test/tool:1`;
    const pull = async () => {
      for await (const _ of engine!.pull(image, new AbortController().signal));
    };
    try {
      const start = performance.now();
      const failure = (await pull().catch((error: unknown) => error)) as EngineFailure;
      const problem = await nameRegistryIssuer(image, explainPullFailure(image, failure));
      expect(performance.now() - start).toBeLessThan(2_000);
      expect(problem).toMatchObject({
        kind: 'pull-untrusted-registry',
        message: expect.stringMatching(/does not trust the certificate of .*, issued by Corp Root CA/),
        hint: expect.stringContaining('CA certificate'),
        details: expect.stringContaining('x509'),
      });
    } finally {
      registry.close();
    }
  });
});
