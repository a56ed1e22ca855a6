import type { Intrinsic } from '../ast';

const ownNames: readonly Intrinsic[] = [
  ...(['duration', 'name', 'status', 'statusMessage', 'kind', 'rootName', 'rootServiceName', 'traceDuration'] as const),
  ...(['nestedSetLeft', 'nestedSetRight', 'nestedSetParent', 'trace:id', 'span:id', 'span:parentID'] as const),
  ...(['span:childCount', 'event:name', 'event:timeSinceStart', 'link:traceID', 'link:spanID'] as const),
  ...(['instrumentation:name', 'instrumentation:version'] as const),
];

const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ...ownNames.map((name) => [name, name] as const),
  ['span:duration', 'duration'],
  ['span:name', 'name'],
  ['span:status', 'status'],
  ['span:statusMessage', 'statusMessage'],
  ['span:kind', 'kind'],
  ['trace:rootName', 'rootName'],
  ['trace:rootService', 'rootServiceName'],
  ['trace:duration', 'traceDuration'],
]);

/** The intrinsic of that name (`name`, `span:name`). */
export function intrinsicNamed(text: string): Intrinsic | undefined {
  return intrinsics.get(text);
}
