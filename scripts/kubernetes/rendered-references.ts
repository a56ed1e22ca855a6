interface Manifest {
  kind: string;
  metadata: { name: string };
}

/** The kind of object that a key of a manifest names. */
const named: Record<string, { kind: string; at: string }> = {
  configMap: { kind: 'ConfigMap', at: 'name' },
  configMapRef: { kind: 'ConfigMap', at: 'name' },
  configMapKeyRef: { kind: 'ConfigMap', at: 'name' },
  secret: { kind: 'Secret', at: 'secretName' },
  secretRef: { kind: 'Secret', at: 'name' },
  secretKeyRef: { kind: 'Secret', at: 'name' },
  persistentVolumeClaim: { kind: 'PersistentVolumeClaim', at: 'claimName' },
};
/** Keys whose value is the name itself. */
const names: Record<string, string> = { serviceAccountName: 'ServiceAccount' };

/** `Deployment alloy: ConfigMap alloy-config`, for each object that another one needs and that is not among them. */
export function findDanglingReferences(objects: readonly Manifest[]): string[] {
  const present = new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  return objects.flatMap((object) =>
    referencesOf(object)
      .filter((reference) => !present.has(reference))
      .map((reference) => `${object.kind} ${object.metadata.name}: ${reference}`),
  );
}

function referencesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const kind = names[key];
    if (kind !== undefined && typeof inner === 'string') return [`${kind} ${inner}`];
    const reference = named[key];
    const name = reference && isObject(inner) && inner.optional !== true ? inner[reference.at] : undefined;
    return [...(typeof name === 'string' ? [`${reference!.kind} ${name}`] : []), ...referencesOf(inner)];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
