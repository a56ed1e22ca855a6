/** Names that need no scope, and short ones that everybody knows. */
const known: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['name', 'status', 'kind', 'duration', 'rootName', 'rootServiceName', 'traceDuration', 'statusMessage'].map(
      (name) => [name, name],
    ),
  ),
  service: 'resource.service.name',
  'service.name': 'resource.service.name',
  root: 'rootName',
};
const scoped = /^(?:span|resource|event|link|instrumentation)\.|^\.|^(?:span|trace|event|link|instrumentation):/;

/** The field of TraceQL that an attribute's name means: `http.route` is `.http.route`, `service` is `resource.service.name`. */
export function traceqlField(name: string): string {
  const found = known[name];
  if (found !== undefined) return found;
  if (scoped.test(name)) return name;
  return /^[\w.:/-]+$/.test(name) ? `.${name}` : `.${JSON.stringify(name)}`;
}
