import type { Refusal } from '../case';
import type { YamlMapping } from '../yaml/yaml-mapping';

const composeKeys = ['template', 'file', 'files', 'env', 'app_service', 'app_port'];
const k3dKeys = [
  ...['k8s_dir', 'app_service', 'app_docker_file', 'app_docker_context', 'app_docker_tag', 'app_port'],
  ...['import_images', 'pool_size'],
];

/**
 * What a case wants started. Watchtower stands for the stack itself; what else needs containers is refused by its name, unless it
 * runs already.
 */
export function readFixture(root: YamlMapping, refusals: Refusal[], { runs }: { runs: boolean }): void {
  const fixture = root.mapping('fixture');
  if (!fixture) return;
  const refuse = (what: string, why: string) => {
    if (!runs) refusals.push({ place: fixture.placeOf(what), what: `fixture.${what}`, why, needed: true });
  };
  const compose = fixture.mapping('compose');
  const k3d = fixture.mapping('k3d');
  const remote = fixture.mapping('remote');
  const kinds = ['compose', 'k3d', 'remote'].filter((kind) => fixture.has(kind));
  if (compose) {
    for (const key of composeKeys) compose.ignore(key);
    compose.end();
    // Nothing but the stack, in whose place Watchtower is.
    const started =
      ['file', 'files', 'app_service'].some((key) => compose.has(key)) || compose.text('template') === 'none';
    if (started) refuse('compose', 'it starts containers');
  }
  if (k3d) {
    for (const key of k3dKeys) k3d.ignore(key);
    k3d.end();
    refuse('k3d', 'it starts a cluster');
  }
  if (remote) {
    const endpoint = remote.required('endpoint') ?? '';
    remote.end();
    if (!/^https?:\/\/(localhost|127\.|\[::1\])/.test(endpoint))
      refuse('remote', `it points at ${endpoint}, and only what Watchtower received is judged`);
  }
  fixture.end();
  if (kinds.length !== 1) fixture.reportWhole('needs exactly one of compose, k3d and remote');
}
