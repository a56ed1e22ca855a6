import { otelVariables } from '../otel-variables';
import { endpointOf, type SnippetLanguage, type SnippetTarget } from '../snippet-target';

const environment = (target: SnippetTarget) =>
  otelVariables(target)
    .map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`)
    .join('\n');

/** The name by which a container of Docker Desktop reaches this machine's loopback. */
export function fromContainer(target: SnippetTarget, host = 'host.docker.internal'): SnippetTarget {
  const { port, hostname } = new URL(endpointOf(target));
  // Elsewhere than on this machine it has the same name everywhere.
  if (!/^(?:localhost|127(?:\.\d+){3}|\[::1?\]|0\.0\.0\.0)$/.test(hostname)) return target;
  const url = `http://${host}:${port}`;
  return { ...target, otlpGrpc: url, otlpHttp: url };
}

export const dockerCompose: SnippetLanguage = {
  id: 'docker-compose',
  title: 'Docker Compose',
  aliases: ['docker', 'compose', 'container', 'containers', 'podman', 'podmancompose'],
  render: (target) => ({
    steps: [
      {
        title: 'Docker Desktop, OrbStack, Colima',
        syntax: 'yaml',
        code: `services:\n  app:\n    environment:\n${environment(fromContainer(target))}\n`,
        filename: 'compose.override.yaml',
      },
      {
        title: 'Docker Engine on Linux',
        syntax: 'yaml',
        code: `services:\n  app:\n    network_mode: host\n    environment:\n${environment(target)}\n`,
        filename: 'compose.override.yaml',
      },
    ],
    notes: [
      'Write the name of your service instead of app; the file is read beside compose.yaml by itself.',
      'On Linux a container does not reach ports that listen on loopback, unless it shares the network of the host.',
      'The app in the image needs its SDK: see its language.',
    ],
  }),
};
