import { runAttributes } from '../../shared/runs/run-attributes';
import type { StoredResource, StoreReader } from '../store/reader/reader';

/** What is told of where an error occurred. */
export interface ResourceFacts {
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly runId: string;
}

const nobody: ResourceFacts = { service: 'unknown_service', version: '', environment: '', runId: '' };

/** Reads each resource once. */
export function resourceFacts(reader: StoreReader): (resource: number) => ResourceFacts {
  const resources = reader.dictionary.resources();
  const known = new Map<number, ResourceFacts>();
  return (id) => {
    const before = known.get(id);
    if (before) return before;
    const resource = resources.get(id);
    const facts = resource ? factsOf(resource) : nobody;
    known.set(id, facts);
    return facts;
  };
}

function factsOf({ service, attributes }: StoredResource): ResourceFacts {
  const textOf = (key: string) => attributes.find((attribute) => attribute.key === key)?.text ?? '';
  return {
    service,
    version: textOf('service.version'),
    environment: textOf('deployment.environment.name') || textOf('deployment.environment'),
    runId: textOf(runAttributes.id),
  };
}
