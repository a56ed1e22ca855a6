/** Page of the panel where a problem of the host's status is solved; for a refused key, with the form for another. */
export function pathOfProblem(id: string, kind: string): string {
  const [, destination] = /^destination-(.+)$/.exec(id) ?? [];
  if (destination !== undefined && (kind === 'destination-key-refused' || kind === 'secret-missing'))
    return `/destinations?edit=${encodeURIComponent(destination)}`;
  if (id.startsWith('destination')) return '/destinations';
  if (id === 'external' || id.startsWith('external-')) return '/stack?setup=external';
  return id.startsWith('service') || id === 'stack' || id === 'kubernetes' ? '/stack' : '/';
}
