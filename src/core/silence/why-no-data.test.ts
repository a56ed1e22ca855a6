import { describe, expect, it } from 'vitest';
import type { ReceiverStatus, Sender } from './cause';
import { type SilenceFacts, whyNoData } from './why-no-data';

const now = Date.UTC(2026, 10, 30);
const status: ReceiverStatus = {
  state: 'ready',
  endpoints: {
    otlpGrpc: '127.0.0.1:4317',
    otlpHttp: 'http://127.0.0.1:4318',
    tempo: 'http://t',
    loki: 'http://l',
    prometheus: 'http://p',
  },
  ingest: { rejections: [], lastReceivedAt: null },
  capabilities: { lifecycle: true },
};
/** 4317 and 4318 are ours. */
const receiver = {
  otlpGrpc: '127.0.0.1:4317',
  otlpHttp: 'http://127.0.0.1:4318',
  holderOf: async (port: number) => (port === 55_681 ? 'otelcol' : null),
};

function facts(change: Partial<SilenceFacts>): SilenceFacts {
  return { status, holders: [], receiver, senders: [], service: undefined, heard: [], now, ...change };
}

async function of(
  environment: Sender['environment'],
  command = ['./app'],
  change: Partial<Sender> = {},
): Promise<string[]> {
  const senders = [{ who: 'The command', command, environment, apart: false, ageMs: null, ...change }];
  const { causes } = await whyNoData(facts({ senders }));
  return causes.map(({ id, sentence, mend }) => `${id}: ${sentence} → ${mend}`);
}

const endpoint = (value: string, more: Sender['environment'] = {}) =>
  of({ OTEL_EXPORTER_OTLP_ENDPOINT: value, ...more });
const set = 'export OTEL_EXPORTER_OTLP_ENDPOINT=';

describe('why nothing arrives of a sender', () => {
  it('is nothing where all is well, also with the protocols swapped between the ports', async () => {
    expect(await of({})).toEqual([]);
    expect(await endpoint('http://localhost:4317', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' })).toEqual([]);
    expect(await endpoint('http://127.0.0.1:4318', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toEqual([]);
    expect(await of({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces' })).toEqual([]);
    expect(await of({ OTEL_TRACES_EXPORTER: 'otlp,console', OTEL_TRACES_SAMPLER: 'always_on' })).toEqual([]);
    expect(await of({ HTTP_PROXY: 'http://p:3128', NO_PROXY: 'example.com,localhost' })).toEqual([]);
    expect(await of({}, ['node', '--import', '/x/opentelemetry/register.js', 'app.js'])).toEqual([]);
  });

  it.each<[string, Sender['environment'], string]>([
    [
      'a switched-off SDK',
      { OTEL_SDK_DISABLED: 'true' },
      'switched-off: The command has OTEL_SDK_DISABLED=true: the SDK is switched off. → unset OTEL_SDK_DISABLED',
    ],
    [
      'a switched-off agent',
      { OTEL_JAVAAGENT_ENABLED: 'false' },
      'switched-off: The command has OTEL_JAVAAGENT_ENABLED=false: the Java agent is switched off.',
    ],
    [
      'no exporter',
      { OTEL_TRACES_EXPORTER: 'none' },
      'exporter-not-otlp: The command has OTEL_TRACES_EXPORTER=none: traces are not exported. → export OTEL_TRACES_EXPORTER=otlp',
    ],
    [
      'another exporter',
      { OTEL_LOGS_EXPORTER: 'console' },
      'exporter-not-otlp: The command has OTEL_LOGS_EXPORTER=console: logs go to console, not out by OTLP.',
    ],
    [
      'a sampler that is off',
      { OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
      'sampler-off: The command has OTEL_TRACES_SAMPLER=parentbased_always_off: no trace is sampled.',
    ],
    [
      'a ratio of nothing',
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
      'sampler-off: The command has OTEL_TRACES_SAMPLER_ARG=0: no trace is sampled.',
    ],
    [
      'a file of settings',
      { OTEL_CONFIG_FILE: '/etc/otel.yaml' },
      'config-file: The command has OTEL_CONFIG_FILE: the SDK goes by that file',
    ],
    [
      'an unknown protocol',
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'http' },
      'protocol-unknown: The command has the OTLP protocol "http", which no SDK knows. → export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    ],
    [
      'the path of a signal twice',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/v1/traces' },
      `path-twice: The command sends to http://localhost:4318/v1/traces/v1/traces: SDKs add the path to OTEL_EXPORTER_OTLP_ENDPOINT themselves. → ${set}http://localhost:4318`,
    ],
    [
      'no path of a signal',
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
      'path-missing: The command sends traces to http://localhost:4318: SDKs use OTEL_EXPORTER_OTLP_TRACES_ENDPOINT as it is, without a path of the signal. → export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://localhost:4318/v1/traces',
    ],
    [
      'TLS',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://localhost:4318' },
      `https: The command speaks TLS to https://localhost:4318, and Watchtower's ports have none. → ${set}http://localhost:4318`,
    ],
    [
      'another machine',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://key:secret@otel.example.com:4318?token=x' },
      `other-machine: The command sends to http://otel.example.com:4318, which is not this machine. → ${set}http://127.0.0.1:4318`,
    ],
    [
      'no scheme',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317' },
      'no-url: The command has OTEL_EXPORTER_OTLP_ENDPOINT, which begins without http://: SDKs do not take it for an address.',
    ],
    [
      'quotes',
      { OTEL_EXPORTER_OTLP_ENDPOINT: '"http://localhost:4317"' },
      'no-url: The command has OTEL_EXPORTER_OTLP_ENDPOINT, which has quotes as a part of its value',
    ],
    [
      'a closed port',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:9999' },
      `port-closed: The command sends to http://localhost:9999, and nobody listens there; Watchtower takes OTLP at http://127.0.0.1:4318. → ${set}http://127.0.0.1:4318`,
    ],
    [
      'the port of another',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:55681' },
      'port-of-another: The command sends to http://localhost:55681, and otelcol listens there',
    ],
    [
      'a proxy',
      { HTTP_PROXY: 'http://user:secret@proxy:3128' },
      'proxy: The command has HTTP_PROXY, and NO_PROXY does not leave out localhost: what it sends there goes to the proxy. → export NO_PROXY=localhost,127.0.0.1,::1',
    ],
    [
      'a long interval',
      { OTEL_BSP_SCHEDULE_DELAY: '60000' },
      'interval: The command exports traces only every 1 m, as OTEL_BSP_SCHEDULE_DELAY says so. → export OTEL_BSP_SCHEDULE_DELAY=200',
    ],
    [
      'a time-out in seconds',
      { OTEL_EXPORTER_OTLP_TIMEOUT: '10' },
      'timeout-short: The command has OTEL_EXPORTER_OTLP_TIMEOUT=10, which is milliseconds',
    ],
  ])('is %s', async (_, environment, cause) => {
    const causes = await of(environment);
    expect(causes[0]).toContain(cause);
    expect(causes.join()).not.toMatch(/secret|token/);
  });

  it.each([
    [['node', 'app.js'], 'Node.js and nothing on its command line or in NODE_OPTIONS loads OpenTelemetry'],
    [['python3.12', 'app.py'], 'Python and nothing'],
    [['java', '-jar', 'app.jar'], 'Java and nothing'],
    [['docker', 'run', 'app'], 'starts a container: it gets none of these variables'],
  ])('is a program that nothing instruments: %j', async (command, sentence) => {
    expect((await of({}, command))[0]).toContain(sentence);
  });

  it('is the localhost of a container', async () => {
    const causes = await of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' }, ['./app'], {
      apart: true,
      ageMs: 1e9,
    });
    expect(causes).toEqual([
      `container-localhost: The command runs in a container and sends to http://localhost:4317: there, that is the container itself. → ${set}http://host.docker.internal:4317`,
    ]);
  });

  it('is that its metrics are not due yet', async () => {
    expect((await of({}, ['./app'], { ageMs: 5_000 }))[0]).toContain(
      'interval: The command exports metrics only every 1 m, as SDKs do so by default and it runs for 5 s.',
    );
  });
});

describe('why nothing arrives at the receiver', () => {
  const causesOf = async (change: Partial<SilenceFacts>) =>
    (await whyNoData(facts(change))).causes.map(({ id, sentence, mend }) => `${id}: ${sentence} → ${mend}`);

  it('is that no host runs, and who listens in its place', async () => {
    expect(await causesOf({ status: null })).toEqual([
      'not-running: Watchtower does not run: nothing takes what apps send. → watchtower serve',
    ]);
    expect((await causesOf({ status: null, holders: [{ port: 4317, name: 'otelcol' }] }))[0]).toContain(
      'Watchtower does not run; otelcol listens on 4317 instead and gets what apps send.',
    );
  });

  it('is that the backend is not ready, or takes nothing', async () => {
    expect((await causesOf({ status: { ...status, state: 'starting' } }))[0]).toContain('backend-not-ready');
    const { otlpGrpc: _grpc, otlpHttp: _http, ...queries } = status.endpoints;
    expect((await causesOf({ status: { ...status, endpoints: queries } }))[0]).toContain('no-otlp-endpoint');
  });

  it('is what it refused lately', async () => {
    const refusal = { items: 'requests' as const, count: 3, lost: true, metric: '', service: '' };
    const rejections = [
      { ...refusal, at: now - 5_000, reason: 'a client speaks TLS to port 4318, which has none: use http://' },
      { ...refusal, at: now - 3_600_000, reason: 'long ago' },
    ];
    const told = await causesOf({ status: { ...status, ingest: { ...status.ingest, rejections } } });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^refused: .*speaks TLS.*5 s ago\. → export OTEL_EXPORTER_OTLP_ENDPOINT=http:/);
  });

  it('is another name of the service', async () => {
    expect((await causesOf({ service: 'shop', heard: ['stock', 'unknown_service:node'] }))[0]).toContain(
      'other-name: Nothing came of shop, but of unknown_service:node: an SDK that was given no name calls itself so. → export OTEL_SERVICE_NAME=shop',
    );
    expect((await causesOf({ service: 'shop', heard: ['shops'] }))[0]).toContain('but of shops: it may be the same');
  });

  it('is nothing where data of the service arrives', async () => {
    const ingest = { ...status.ingest, lastReceivedAt: now - 4_000 };
    expect(await whyNoData(facts({ status: { ...status, ingest }, service: 'shop', heard: ['shop'] }))).toEqual({
      arriving: 'Data arrives: the last item came 4 s ago, of shop.',
      causes: [],
    });
  });
});

it('tells that the last run ended before it exported', async () => {
  const ended = { run: 'k3f7abcd', sentence: 'app.js ended.', mend: 'process.exitCode = CODE' };
  expect((await whyNoData(facts({ ended }))).causes).toEqual([
    {
      id: 'ended-early',
      sentence: 'Of the last run, k3f7abcd, nothing came: app.js ended.',
      mend: 'process.exitCode = CODE',
      weight: 'sure',
    },
  ]);
});
