import { request } from 'node:http';
import { connect } from 'node:http2';
import type { ContainerDetails } from '../containers/container-engine';
import { type ServiceFacts, serviceFacts } from './plan/service-facts';

const limitMs = 2_000;

/** Whether a service answers on its published ports, as an application or the panel would ask it. */
export async function probeService(name: keyof typeof serviceFacts, container: ContainerDetails): Promise<boolean> {
  const facts: ServiceFacts = serviceFacts[name];
  const hostPort = (key: string): number => {
    const { containerPort } = facts.ports.find((port) => port.key === key)!;
    return container.ports.find((port) => port.containerPort === containerPort)?.hostPort ?? 0;
  };
  const probes = [getsStatus(hostPort(facts.ready.port), facts.ready.path, (status) => status >= 200 && status < 300)];
  if (name === 'alloy') {
    // A proxy of the engine accepts any connection: only an answer shows that somebody listens behind it.
    probes.push(
      getsStatus(hostPort('otlpHttp'), '/v1/traces', () => true),
      speaksHttp2(hostPort('otlpGrpc')),
    );
  }
  return (await Promise.all(probes)).every(Boolean);
}

function getsStatus(port: number, path: string, good: (status: number) => boolean): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const call = request({ host: '127.0.0.1', port, path, agent: false, timeout: limitMs }, (answer) => {
      answer.resume();
      resolve(good(answer.statusCode ?? 0));
    });
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', () => resolve(false));
    call.end();
  });
}

function speaksHttp2(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const end = (answer: boolean) => {
      resolve(answer);
      session.destroy();
    };
    session.on('remoteSettings', () => end(true));
    session.on('error', () => end(false));
    session.on('close', () => resolve(false));
    session.setTimeout(limitMs, () => end(false));
  });
}
