import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { KubeConfig, PortForward } from '@kubernetes/client-node';
import { readLines } from '../../../../ground/read-lines';
import { type ClusterApi, ClusterFailure, type RequestLimits } from './cluster-api';
import { explainRefusal, explainSilence } from './explain-failure';

const defaultMs = 5_000;

const patchTypes = {
  merge: 'application/merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

interface Call {
  method: 'GET' | 'PATCH' | 'DELETE';
  path: string;
  body?: { type: string; text: string };
  signal: AbortSignal;
}

/** What a context of this configuration leads to. The credential is asked for anew with each request: it may expire. */
export async function openClusterApi(config: KubeConfig): Promise<ClusterApi> {
  const { PortForward: Forwarder } = await import('@kubernetes/client-node');
  const forwarder = new Forwarder(config, true);
  const server = config.getCurrentCluster()?.server ?? '';

  async function answerOf({ method, path, body, signal }: Call): Promise<IncomingMessage> {
    const options: RequestOptions = { method, signal, headers: { Accept: 'application/json' } };
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw new ClusterFailure('credential', (error as Error).message);
    }
    if (body) {
      options.headers = {
        ...(options.headers as Record<string, string>),
        'Content-Type': body.type,
        'Content-Length': Buffer.byteLength(body.text),
      };
    }
    const url = new URL(`${server.replace(/\/$/, '')}${path}`);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, resolve);
      request.once('error', reject);
      // A watch is silent for minutes; a machine that is gone is noticed below HTTP.
      request.once('socket', (socket) => socket.setKeepAlive(true, 10_000));
      request.end(body?.text);
    });
    const { statusCode = 0 } = answer;
    if (statusCode < 300) return answer;
    throw explainRefusal(statusCode, await textOf(answer));
  }

  async function whole(call: Omit<Call, 'signal'>, { signal, timeoutMs = defaultMs }: RequestLimits = {}) {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await answerOf({ ...call, signal: signal ? AbortSignal.any([signal, limit]) : limit });
      return await textOf(answer);
    } catch (error) {
      throw limit.aborted && !signal?.aborted
        ? new ClusterFailure('silent', `no answer within ${timeoutMs / 1000} s`)
        : explainSilence(error);
    }
  }

  const json = async (call: Omit<Call, 'signal'>, limits?: RequestLimits): Promise<unknown> =>
    JSON.parse(await whole(call, limits));
  const patch = (path: string, kind: keyof typeof patchTypes, body: object, limits?: RequestLimits) =>
    json({ method: 'PATCH', path, body: { type: patchTypes[kind], text: JSON.stringify(body) } }, limits);

  return {
    server,
    read: (path, limits) => json({ method: 'GET', path }, limits),
    merge: (path, body, limits) => patch(path, 'merge', body, limits),
    apply: (path, object, limits) => patch(`${path}?fieldManager=watchtower&force=true`, 'apply', object, limits),
    async remove(path, limits) {
      await whole({ method: 'DELETE', path }, limits);
    },
    async *lines(path, signal) {
      try {
        yield* readLines(await answerOf({ method: 'GET', path, signal }));
      } catch (error) {
        if (!signal.aborted) throw explainSilence(error);
      }
    },
    forward: ({ namespace, pod, port }, socket) => join(forwarder, { namespace, pod, port }, socket),
  };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const chunk of answer) text += chunk as string;
  return text;
}

async function join(
  forwarder: PortForward,
  { namespace, pod, port }: { namespace: string; pod: string; port: number },
  socket: Duplex,
): Promise<void> {
  const opened = await forwarder.portForward(namespace, pod, [port], socket, null, socket).catch((error: unknown) => {
    socket.destroy();
    throw explainSilence(error);
  });
  const connection = typeof opened === 'function' ? opened() : opened;
  if (!connection) {
    socket.destroy();
    throw new ClusterFailure('unreachable', 'the connection to the pod was not opened');
  }
  await new Promise<void>((resolve) => {
    // What breaks it ends it as well.
    connection.on('error', () => connection.terminate());
    connection.once('close', () => {
      socket.destroy();
      resolve();
    });
    socket.once('close', () => connection.close());
  });
}
