import { describe, expect, it } from 'vitest';
import { type ContainerEngine, EngineFailure, type PullEvent } from '../../containers/container-engine';
import { pullImages } from './pull-images';
import { PullMeter } from './pull-meter';

type Pull = (image: string, tries: number, signal: AbortSignal) => AsyncIterable<PullEvent>;

/** An engine that can only pull, as scripted; the count of tries of each image is kept. */
function scriptEngine(pull: Pull) {
  const tries = new Map<string, number>();
  const engine = {
    pull(image: string, signal: AbortSignal) {
      const count = (tries.get(image) ?? 0) + 1;
      tries.set(image, count);
      return pull(image, count, signal);
    },
  };
  return { engine: engine as unknown as ContainerEngine, tries };
}

const layer: PullEvent = { layer: 'a', state: 'done', current: 10, total: 10 };

function start(engine: ContainerEngine, images: string[], pauses: number[] = [1, 1]) {
  const aborter = new AbortController();
  const meter = new PullMeter(images, Date.now);
  const problems = new Set<string>();
  const onProgress = () => {
    for (const { problem } of meter.read().images) if (problem) problems.add(problem.message);
  };
  const outcome = pullImages(engine, { images, meter, signal: aborter.signal, onProgress, pauses });
  return { outcome, meter, problems, cancel: () => aborter.abort() };
}

describe('pullImages', () => {
  it('tries again after a refusal that may pass, and says so meanwhile', async () => {
    const { engine, tries } = scriptEngine(async function* (_image, count) {
      if (count < 3) throw new EngineFailure(429, 'toomanyrequests: rate limit');
      yield layer;
    });
    const { outcome, meter, problems } = start(engine, ['loki:3'], [1, 1_000]);
    expect(await outcome).toBeNull();
    expect(tries.get('loki:3')).toBe(3);
    expect([...problems].at(-1)).toMatch(/429.*It is tried again in 1 s\.$/);
    expect(meter.read().images[0]).toMatchObject({ state: 'present', currentBytes: 10 });
  });

  it('gives up when the last try failed too', async () => {
    const { engine, tries } = scriptEngine(async function* () {
      yield layer;
      throw new EngineFailure(500, 'unexpected EOF');
    });
    expect(await start(engine, ['loki:3']).outcome).toMatchObject({ kind: 'pull-cut' });
    expect(tries.get('loki:3')).toBe(3);
  });

  it('ends all pulls at once when one cannot succeed', async () => {
    const { engine, tries } = scriptEngine(async function* (image, _count, signal) {
      yield layer;
      if (image === 'gone:1') throw new EngineFailure(404, 'manifest unknown');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const { outcome, meter } = start(engine, ['loki:3', 'gone:1']);
    expect(await outcome).toMatchObject({ kind: 'pull-not-found' });
    expect(tries.get('gone:1')).toBe(1);
    expect(meter.read().images.map(({ state }) => state)).toEqual(['pulling', 'failed']);
  });

  it('ends at once when it is cancelled, also in the pause before the next try', async () => {
    const { engine } = scriptEngine(async function* () {
      yield layer;
      throw new EngineFailure(429, 'toomanyrequests');
    });
    const { outcome, cancel } = start(engine, ['loki:3'], [60_000]);
    setImmediate(cancel);
    await expect(outcome).rejects.toMatchObject({ name: 'AbortError' });
  });
});
