import { afterEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type TestTools, testTools } from '../tools/test-tools';
import { isUnchanged } from './is-unchanged';

let tools: TestTools | undefined;
afterEach(() => tools?.close());

const service = {
  kind: 'Service',
  metadata: { name: 'loki', labels: { 'helm.sh/chart': 'loki-18.11.0' }, annotations: null },
  spec: { clusterIP: '', ports: [{ port: 3100 }], externalIPs: [], selector: {} },
};
const live = {
  kind: 'Service',
  metadata: { ...service.metadata, uid: '4711', annotations: { 'meta.helm.sh/release-name': 'loki' } },
  spec: { ports: [{ port: 3100, protocol: 'TCP' }], selector: { app: 'loki' }, type: 'ClusterIP' },
};

function compare(made: readonly object[], kept: readonly object[], found: object | null): Promise<boolean> {
  const yaml = (objects: readonly object[]) => objects.map((each) => `---\n${stringify(each)}`).join('');
  tools = testTools({
    answers: {
      'helm upgrade * --dry-run=server --output json': { stdout: JSON.stringify({ manifest: yaml(made) }) },
      'helm get manifest loki *': { stdout: yaml(kept) },
      'kubectl * get --filename=- --output=json': found
        ? { stdout: JSON.stringify(found) }
        : { stderr: 'Error from server (NotFound)', code: 1 },
    },
  });
  return isUnchanged(tools.session, 'loki', ['upgrade', '--install', 'loki', 'charts/loki']);
}

const altered = (spec: object) => ({ ...live, spec: { ...live.spec, ...spec } });
const newer = { ...service, metadata: { ...service.metadata, labels: { 'helm.sh/chart': 'loki-18.12.0' } } };
const other = { kind: 'ConfigMap', metadata: { name: 'loki' }, data: { retention: '72h' } };

it.each([
  ['the cluster has all of it, beside what it added', [service], [service], live, true],
  ['the same in a list', [service, other], [service, other], { items: [live, other] }, true],
  ['the chart has looked up what the cluster gave it', [altered({ type: 'ClusterIP' })], [service], live, true],
  ['an object is gone', [service], [service], null, false],
  ['one of several is gone', [service, other], [service, other], { items: [live] }, false],
  ['a field was altered by hand', [service], [service], altered({ ports: [{ port: 3101 }] }), false],
  ['a part of a list is missing', [service], [service], altered({ ports: [] }), false],
  ['a field was filled that is to be empty', [service], [service], altered({ clusterIP: '10.96.0.7' }), false],
  ['the chart is newer', [newer], [service], live, false],
  ['the chart does not make an object any more', [service], [service, other], live, false],
  ['Helm makes nothing', [], [], live, false],
])('is told where %s', async (_, made, kept, found, unchanged) => {
  expect(await compare(made, kept, found)).toBe(unchanged);
});

it('is not said where Helm cannot tell', async () => {
  tools = testTools({ answers: { 'helm upgrade *': { stderr: 'no such host', code: 1 } } });
  expect(await isUnchanged(tools.session, 'loki', ['upgrade', 'loki'])).toBe(false);
});
