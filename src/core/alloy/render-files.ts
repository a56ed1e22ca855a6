import type { AlloyFile } from './alloy-host';
import type { AlloyPipeline } from './render/alloy-pipeline';
import { alloyPaths, secretPath } from './render/name-components';
import { renderConfig } from './render/render-config';

/** The configuration and one file for each secret; Alloy takes a file's whole content, so it ends without a line break. */
export function renderFiles(pipeline: AlloyPipeline): AlloyFile[] {
  const secrets = pipeline.destinations.flatMap(({ id, headers }) =>
    Object.values(headers).map((content, index) => ({ path: secretPath(id, index), content, mode: 0o600 })),
  );
  return [...secrets, { path: alloyPaths.config, content: renderConfig(pipeline), mode: 0o644 }];
}

/** Secret files that the one configuration names and the other does not. */
export function secretsOnlyIn(config: string, other: string): string[] {
  const kept = new Set(secretsIn(other));
  return secretsIn(config).filter((path) => !kept.has(path));
}

function secretsIn(config: string): string[] {
  const start = `"${alloyPaths.secrets}/`;
  return config
    .split(start)
    .slice(1)
    .map((rest) => `${alloyPaths.secrets}/${rest.slice(0, rest.indexOf('"'))}`);
}
