/** One process of a service. */
export interface Pod {
  readonly service: string;
  readonly name: string;
  readonly version: string;
  readonly host: string;
}

const nodes = 8;
const versions: Readonly<Record<string, string>> = {
  gateway: '3.4.0',
  checkout: '2.0.7',
  cart: '5.0.2',
  catalog: '1.9.1',
  pricing: '4.2.0',
  payments: '7.1.3',
  inventory: '2.8.0',
  recommendations: '0.9.4',
  reports: '1.1.0',
};
const services = Object.keys(versions);
const podsOfService = 3;

/** Three of each service, spread over eight nodes so that no two services share all of theirs. */
export function podsOf(service: string, version = versions[service] ?? '1.0.0', generation = 'a'): Pod[] {
  const first = services.indexOf(service);
  return Array.from({ length: podsOfService }, (_, at) => ({
    service,
    version,
    name: `${service}-${version.replaceAll('.', '')}${generation}-${at}`,
    host: `node-${((first * 3 + at * (1 + (first % 3))) % nodes) + 1}`,
  }));
}
