import { type AlloyPipeline, localOnly } from './alloy-pipeline';
import { secretPath } from './name-components';
import { renderConfig } from './render-config';

const sumo = {
  id: 'sumo',
  endpoint: 'https://collectors.example.sumologic.com/receiver/v1/otlp',
  headers: { 'x-sumo-token': '' },
};
const dualWrite: AlloyPipeline = { ...localOnly, destinations: [sumo] };

/** The files of `resources/stack/alloy`, by name: what the renderer yields for the default settings. */
export const shippedConfigs: Readonly<Record<string, string>> = {
  'config-local-only.alloy': `${header('Mode local-only: everything stays on this machine.')}${renderConfig(localOnly)}`,
  'config.alloy': `${header(
    'Mode dual-write: to the local backends and to a cloud destination, here an example of Sumo Logic. By hand: put',
    `your endpoint below and the token, without a line break at its end, into ${secretPath(sumo.id, 0)}`,
    'of the container.',
  )}${renderConfig(dualWrite)}`,
};

function header(...lines: readonly string[]): string {
  const origin = [
    'Rendered by `npm run render:alloy`. Watchtower writes such a file for your settings into the container',
    'and lets Alloy read it again; see docs/sumo-dual-write.md and docs/extending.md.',
  ];
  return `${[...lines, ...origin].map((line) => `// ${line}\n`).join('')}\n`;
}
