import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineEventMessage } from '../containers/container-engine';
import { composeLabels } from './plan/stack-plan';
import { ProjectWatch } from './project-watch';

let watch: ProjectWatch;
const labels = { [composeLabels.project]: 'wt-test', [composeLabels.service]: 'tempo' };
const event = (kind: EngineEventMessage['kind'], action: string, id: string): EngineEventMessage => ({
  kind,
  action,
  id,
  labels,
  at: 0,
});

beforeEach(() => {
  watch = new ProjectWatch({
    project: () => 'wt-test',
    engine: () => null,
    volumeOwner: () => 'tempo',
    maskSecrets: (text) => text,
    onChange() {},
    log: { info() {}, warn() {}, error() {} },
  });
});
afterEach(() => watch.close());

it('expects the deletion of a volume once: the next of its name is not this host’s doing', () => {
  watch.expectEnd('data');
  watch.handle(event('volume', 'destroy', 'data'));
  expect(watch.record('tempo').problem).toBeNull();
  watch.handle(event('volume', 'destroy', 'data'));
  expect(watch.record('tempo').problem).toMatchObject({ kind: 'volume-deleted' });
});

it('expects the end of a container until it starts again', () => {
  watch.expectEnd('c1');
  watch.handle(event('container', 'die', 'c1'));
  expect(watch.record('tempo').crashes).toBe(0);
  watch.handle(event('container', 'start', 'c1'));
  watch.handle(event('container', 'die', 'c1'));
  expect(watch.record('tempo').crashes).toBe(1);
});

it('says that a container was deleted by somebody else, and not that it was deleted by this host', () => {
  watch.expectEnd('c1');
  watch.handle(event('container', 'destroy', 'c1'));
  expect(watch.record('tempo').problem).toBeNull();
  watch.handle(event('container', 'destroy', 'c2'));
  expect(watch.record('tempo').problem).toMatchObject({ kind: 'container-deleted' });
});
