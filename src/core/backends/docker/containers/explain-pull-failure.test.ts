import { describe, expect, it } from 'vitest';
import { EngineFailure } from './container-engine';
import { explainPullFailure, registryOf } from './explain-pull-failure';
import { explainWrongArchitecture } from './explain-wrong-architecture';

const image = 'grafana/loki:3.7.6';

describe('explainPullFailure', () => {
  it.each([
    ['toomanyrequests: You have reached your unauthenticated pull rate limit.', 'pull-rate-limited'],
    ['pull access denied for grafana/loki, repository does not exist or may require docker login', 'pull-unauthorized'],
    ['unauthorized: authentication required', 'pull-unauthorized'],
    ['manifest for grafana/loki:3.7.6 not found: manifest unknown: manifest unknown', 'pull-not-found'],
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'pull-wrong-architecture'],
    ['received unexpected HTTP status: 503 Service Unavailable', 'pull-registry-failed'],
    ['unexpected EOF', 'pull-cut'],
    [
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      'pull-unreachable-registry',
    ],
    ['Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout', 'pull-unreachable-registry'],
    ['failed to register layer: write /usr/bin/loki: no space left on device', 'pull-no-space'],
    ['something nobody has seen', 'pull-failed'],
  ])('calls %j %s', (words, kind) => {
    const problem = explainPullFailure(image, new EngineFailure(500, words));
    expect(problem).toMatchObject({ kind, details: words });
    expect(problem.message).toMatch(/\.$/);
    expect(problem.hint).toBeTruthy();
  });

  it('names the issuer of a certificate that the engine does not trust (37)', () => {
    const words =
      'Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "Corp Root CA")';
    const problem = explainPullFailure(image, new EngineFailure(500, words));
    expect(problem.kind).toBe('pull-untrusted-registry');
    expect(problem.message).toContain('issued by Corp Root CA');
  });

  it('tells the loss of the engine from a failure of the registry', () => {
    expect(explainPullFailure(image, new EngineFailure(0, 'socket hang up')).kind).toBe('engine-unreachable');
  });

  it('hides credentials that stand in an address', () => {
    const words = 'Get "https://me:secret@mirror.example/v2/?token=hidden&x=1": received unexpected HTTP status: 500';
    const text = JSON.stringify(explainPullFailure('mirror.example/loki', new EngineFailure(500, words)));
    expect(text).not.toMatch(/secret|hidden/);
    expect(text).toContain('mirror.example');
  });

  it('knows the registry of an image', () => {
    expect(registryOf('grafana/loki')).toBe('docker.io');
    expect(registryOf('localhost/loki')).toBe('localhost');
    expect(registryOf('mirror.example:5000/grafana/loki@sha256:0')).toBe('mirror.example:5000');
  });
});

describe('explainWrongArchitecture', () => {
  it('says before the start that an image cannot run here (39)', () => {
    expect(explainWrongArchitecture(image, 'arm64', 'amd64')).toMatchObject({ kind: 'wrong-architecture' });
    expect(explainWrongArchitecture(image, 'amd64', 'amd64')).toBeNull();
    expect(explainWrongArchitecture(image, 'amd64', '')).toBeNull();
  });
});
