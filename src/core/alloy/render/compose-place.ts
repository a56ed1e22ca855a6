import type { AlloyPlace } from './alloy-place';
import { type AlloyBlock, attribute, quote } from './alloy-text';
import { componentLabel, secretPath } from './name-components';

/** In the network of the Docker stack; secrets are files that Alloy watches. */
export const composePlace: AlloyPlace = {
  backends: {
    tempo: 'tempo:4317',
    metrics: { name: 'prometheus', url: 'http://prometheus:9090/api/v1/otlp' },
    loki: 'http://loki:3100/otlp',
  },
  source: fromFiles(secretPath),
};

/** A source whose headers' values are files, at the path that is told for each. */
export function fromFiles(pathOf: (destinationId: string, index: number) => string): AlloyPlace['source'] {
  return ({ id, endpoint, headers }) => ({
    endpoint: quote(endpoint),
    headers: Object.keys(headers).map((key, index) => ({
      key,
      value: `local.file.${componentLabel(id)}_${index}.content`,
    })),
    blocks: Object.keys(headers).map((_, index) => secretFile(`${componentLabel(id)}_${index}`, pathOf(id, index))),
  });
}

/** Alloy watches the file: a changed secret needs no reload. Its content is a secret to Alloy's API and page as well. */
function secretFile(label: string, path: string): AlloyBlock {
  return {
    block: 'local.file',
    label,
    body: [
      attribute('filename', quote(path)),
      attribute('is_secret', 'true'),
      attribute('poll_frequency', quote('1s')),
    ],
  };
}
