import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineFailure, type PullEvent } from './container-engine';
import { openDockerApi } from './docker-api';
import { explainPullFailure } from './explain-pull-failure';
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
