import type { Cause, Receiver, Sender } from '../cause';
import { isLoopback, type OtlpSignal, type OtlpTarget, otlpSignals, portOf, sayUrl, targetOf } from '../otlp-target';

const protocols = ['', 'grpc', 'http/protobuf', 'http/json'];

/** What keeps what is exported from reaching Watchtower: address, protocol, proxy, network. One cause a kind. */
export async function sentElsewhere(sender: Sender, receiver: Receiver): Promise<Cause[]> {
  const causes = await Promise.all(otlpSignals.map((signal) => ofSignal(sender, receiver, signal)));
  const byId = new Map<string, Cause>();
  for (const cause of causes.flat()) if (!byId.has(cause.id)) byId.set(cause.id, cause);
  return [...byId.values()];
}

async function ofSignal(sender: Sender, receiver: Receiver, signal: OtlpSignal): Promise<Cause[]> {
  const { who, environment } = sender;
  const target = targetOf(sender, signal);
  const { variable, text, protocol, url, own } = target;
  const right = receiver.otlpHttp ?? `http://${receiver.otlpGrpc ?? 'localhost:4318'}`;
  const export_ = (value: string) => `export ${variable ?? 'OTEL_EXPORTER_OTLP_ENDPOINT'}=${value}`;
  const sure = (id: string, sentence: string, mend: string): Cause => ({ id, sentence, mend, weight: 'sure' });

  if (!protocols.includes(protocol)) {
    const why = `${who} has the OTLP protocol ${JSON.stringify(protocol)}, which no SDK knows.`;
    return [sure('protocol-unknown', why, 'export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf')];
  }
  if (!url) return [notAnUrl(who, variable, text, export_(right))];
  const shown = sayUrl(url);
  const causes: Cause[] = [];
  const isHttp = protocol !== 'grpc';
  if (!own && /\/v1\/(traces|metrics|logs)\/?$/.test(url.pathname)) {
    const base = shown.replace(/\/v1\/\w+\/?$/, '');
    const why = `${who} sends to ${shown}/v1/${signal}: SDKs add the path to OTEL_EXPORTER_OTLP_ENDPOINT themselves.`;
    causes.push(sure('path-twice', why, export_(base)));
  }
  if (
    own &&
    isHttp &&
    protocol !== '' &&
    !url.pathname.endsWith(`/v1/${signal}`) &&
    !url.pathname.endsWith(`/v1/${signal}/`)
  ) {
    const why = `${who} sends ${signal} to ${shown}: SDKs use ${variable} as it is, without a path of the signal.`;
    causes.push(sure('path-missing', why, export_(`${shown}/v1/${signal}`)));
  }
  if (!isLoopback(url)) {
    if (!(sender.apart && /^host\.(docker|containers)\.internal$/.test(url.hostname)))
      causes.push(sure('other-machine', `${who} sends to ${shown}, which is not this machine.`, export_(right)));
    return [...causes, ...proxies(who, environment, url)];
  }
  if (sender.apart) {
    const why = `${who} runs in a container and sends to ${shown}: there, that is the container itself.`;
    const outside = `${url.protocol}//host.docker.internal:${portOf(url)}`;
    causes.push(sure('container-localhost', why, export_(outside)));
    return causes;
  }
  if (url.protocol === 'https:') {
    const why = `${who} speaks TLS to ${shown}, and Watchtower's ports have none.`;
    causes.push(sure('https', why, export_(shown.replace('https:', 'http:'))));
  }
  const wrongPort = await otherPort(sender, receiver, target, url, right);
  return [...causes, ...(wrongPort ? [wrongPort] : []), ...proxies(who, environment, url)];
}

function notAnUrl(who: string, variable: string | null, text: string, mend: string): Cause {
  const quoted = /^["'].*["']$/.test(text.trim());
  const why = quoted
    ? 'has quotes as a part of its value'
    : /\s/.test(text)
      ? 'has blanks in its value'
      : /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
        ? 'has a scheme that is neither http:// nor https://'
        : 'begins without http://';
  return {
    id: 'no-url',
    sentence: `${who} has ${variable}, which ${why}: SDKs do not take it for an address.`,
    mend,
    weight: 'sure',
  };
}

async function otherPort(
  { who }: Sender,
  receiver: Receiver,
  { variable }: OtlpTarget,
  url: URL,
  right: string,
): Promise<Cause | undefined> {
  const port = portOf(url);
  const ours = [receiver.otlpGrpc, receiver.otlpHttp].flatMap((each) =>
    each ? Number(each.replace(/\/+$/, '').split(':').at(-1)) : [],
  );
  if (ours.includes(port) || ours.length === 0) return undefined;
  const holder = await receiver.holderOf(port);
  const there = holder ? `${holder} listens there` : 'nobody listens there';
  const byDefault = variable ? '' : ', as SDKs do by default';
  return {
    id: holder ? 'port-of-another' : 'port-closed',
    sentence: `${who} sends to ${sayUrl(url)}${byDefault}, and ${there}; Watchtower takes OTLP at ${right}.`,
    mend: `export ${variable ?? 'OTEL_EXPORTER_OTLP_ENDPOINT'}=${right}`,
    weight: 'sure',
  };
}

/** Of a proxy, only that there is one is told: its address may hold a password. */
function proxies(who: string, environment: Sender['environment'], url: URL): Cause[] {
  const names = url.protocol === 'https:' ? ['https_proxy', 'all_proxy'] : ['http_proxy', 'grpc_proxy', 'all_proxy'];
  const variable = names.flatMap((name) => [name, name.toUpperCase()]).find((name) => environment[name]);
  if (!variable || !isLoopback(url)) return [];
  const exempt = (environment.no_proxy ?? environment.NO_PROXY ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^\./, ''));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (exempt.some((each) => each === '*' || each === host || each.split(':')[0] === host)) return [];
  return [
    {
      id: 'proxy',
      sentence: `${who} has ${variable}, and NO_PROXY does not leave out ${host}: what it sends there goes to the proxy.`,
      mend: `export NO_PROXY=localhost,127.0.0.1,::1`,
      weight: 'likely',
    },
  ];
}
