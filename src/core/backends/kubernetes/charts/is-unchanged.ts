import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { helmTarget, kubectlTarget } from '../cluster/cluster';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';

const Rendered = z.object({ manifest: z.string() });
const Named = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });
type Named = z.infer<typeof Named>;

/**
 * Whether the deployment that `upgrade` describes would change nothing: what the release made is in what Helm would make now, and
 * the cluster has all of that, every field of it. What cannot be told counts as changed.
 */
export async function isUnchanged(session: Session, name: string, upgrade: readonly string[]): Promise<boolean> {
  const [simulated, kept] = await Promise.all([
    session.run('helm', [...upgrade, '--dry-run=server', '--output', 'json']),
    session.run('helm', ['get', 'manifest', name, ...helmTarget(session)]),
  ]);
  if (simulated.code !== 0 || kept.code !== 0) return false;
  const { manifest = '' } = Rendered.safeParse(parseJson(simulated.stdout)).data ?? {};
  const wanted = objectsOf(manifest);
  const before = objectsOf(kept.stdout);
  if (!wanted || !before || wanted.length === 0 || !hasAll(wanted, before)) return false;
  const live = await readLive(session, manifest);
  return live !== null && hasAll(live, wanted);
}

function objectsOf(manifest: string): Named[] | null {
  const documents = parseAllDocuments(manifest).map((document) => document.toJS() as unknown);
  return z.array(Named).safeParse(documents.filter((each) => each !== null)).data ?? null;
}

async function readLive(session: Session, manifest: string): Promise<Named[] | null> {
  const args = ['get', '--filename=-', '--output=json'];
  const { code, stdout } = await session.run('kubectl', [...kubectlTarget(session), ...args], { input: manifest });
  if (code !== 0) return null;
  const answer = parseJson(stdout) as { items?: unknown[] } | null;
  return z.array(Named).safeParse(answer?.items ?? [answer]).data ?? null;
}

function hasAll(objects: readonly Named[], wanted: readonly Named[]): boolean {
  return wanted.every((each) =>
    objects.some(
      (object) => object.kind === each.kind && object.metadata.name === each.metadata.name && contains(object, each),
    ),
  );
}

/** Every field of `wanted` is there; what others added beside does not count. */
function contains(object: unknown, wanted: unknown): boolean {
  // What says nothing is content with whatever the server or its controllers put there.
  if (wanted === null || (isRecord(wanted) && isEmpty(wanted))) return true;
  if (isEmpty(wanted)) return isEmpty(object);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(object) &&
      object.length === wanted.length &&
      wanted.every((each, index) => contains(object[index], each))
    );
  }
  if (!isRecord(wanted)) return object === wanted;
  return isRecord(object) && Object.entries(wanted).every(([key, value]) => contains(object[key], value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
