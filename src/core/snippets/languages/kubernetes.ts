import { otelVariables } from '../otel-variables';
import { quoteForPosix } from '../quote-for-shell';
import type { SnippetLanguage } from '../snippet-target';
import { fromContainer } from './docker-compose';

export const kubernetes: SnippetLanguage = {
  id: 'kubernetes',
  title: 'Kubernetes',
  aliases: ['k8s', 'kube', 'kubectl', 'minikube', 'helm'],
  render: (target) => {
    const pairs = otelVariables(fromContainer(target));
    const env = pairs
      .map(([name, value]) => `            - name: ${name}\n              value: ${JSON.stringify(value)}`)
      .join('\n');
    return {
      steps: [
        {
          title: 'Give a running Deployment the variables',
          syntax: 'bash',
          code: `kubectl set env deployment/my-app \\\n${pairs.map(([name, value]) => `  ${name}=${quoteForPosix(value)}`).join(' \\\n')}`,
        },
        {
          title: 'Or write them into its manifest',
          syntax: 'yaml',
          code: `spec:\n  template:\n    spec:\n      containers:\n        - name: app\n          env:\n${env}\n`,
        },
      ],
      notes: [
        'Write the name of your Deployment instead of my-app.',
        'host.docker.internal is this machine as seen from kind, k3d and Docker Desktop; with minikube it is host.minikube.internal.',
        'On Linux a pod does not reach ports that listen on loopback: give it hostNetwork: true in a cluster that runs on this machine itself, or send through a collector.',
      ],
    };
  },
};
