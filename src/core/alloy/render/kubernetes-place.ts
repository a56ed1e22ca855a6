import type { AlloyPlace } from './alloy-place';
import { quote } from './alloy-text';
import { fromFiles } from './compose-place';
import { componentLabel } from './name-components';

/** Variable of Alloy's container, taken from the key `endpoint` of the secret `sumo-credentials`. */
const sumoVariable = 'SUMO_ENDPOINT';

/**
 * The part of the URL before (0) and behind (1) the path of an OTLP/HTTP source. The path is put behind it once more, so that
 * there are two parts without the secret as well: Alloy then starts, and only this exporter fails.
 */
function part(index: 0 | 1): string {
  return `string.split(sys.env(${quote(sumoVariable)}) + "/receiver/v1/otlp/", "/receiver/v1/otlp/")[${index}]`;
}

/**
 * In the namespace `watchtower` of a cluster. The secret holds Sumo Logic's presigned URL whole; its token is cut off and sent
 * as a header, because the exporter prints its URL in every error.
 */
export const kubernetesPlace: AlloyPlace = {
  backends: {
    tempo: 'tempo.watchtower.svc:4317',
    metrics: { name: 'mimir', url: 'http://mimir-gateway.watchtower.svc/otlp' },
    loki: 'http://loki.watchtower.svc:3100/otlp',
  },
  source: () => ({
    endpoint: `${part(0)} + "/receiver/v1/otlp"`,
    headers: [{ key: 'x-sumo-token', value: `string.split(${part(1)}, "/")[0]` }],
    blocks: [],
  }),
};

/** The same where Tempo and Loki run in parts, as the values for a real cluster have them. */
export const distributedPlace: AlloyPlace = {
  ...kubernetesPlace,
  backends: {
    ...kubernetesPlace.backends,
    tempo: 'tempo-distributor.watchtower.svc:4317',
    loki: 'http://loki-gateway.watchtower.svc/otlp',
  },
};

/** Where Alloy's container has the keys of the secret `watchtower-destinations`, as files. */
const destinationSecrets = '/var/run/watchtower/destinations';

/** Key of that secret for the value of a destination's header; `index` counts the headers. */
export function destinationSecretKey(destinationId: string, index: number): string {
  return `${componentLabel(destinationId)}_${index}`;
}

/** The same for destinations of a host, of any number and kind; their headers come from the secret `watchtower-destinations`. */
export const forwardingPlace: AlloyPlace = {
  ...kubernetesPlace,
  source: fromFiles((id, index) => `${destinationSecrets}/${destinationSecretKey(id, index)}`),
};
