import type { Backend } from '../../../../shared/contract/host';

interface BackendText {
  /** What it is. */
  is: string;
  /** What it takes to run it. */
  needs: string;
  /** Where what it keeps is, while another one is in use; after "What it keeps". */
  keeps: string;
  /** `shared`: the ports that all backends of this machine listen on, one at a time. */
  ports: 'shared' | 'own' | 'elsewhere';
  /** The context of the kubeconfig that is meant where a person named none. */
  context?: string;
}

/** Each as somebody reads of it who chooses one. */
export const backendTexts: Readonly<Record<Backend, BackendText>> = {
  embedded: {
    is: 'One process of this program receives, keeps and answers. No Grafana.',
    needs: 'Nothing to install; it starts in under a second.',
    keeps: 'stays on disk',
    ports: 'shared',
  },
  docker: {
    is: 'Alloy, Tempo, Loki, Prometheus and Grafana with dashboards, in containers of this machine.',
    needs: 'Needs a container engine; the first start fetches the images.',
    keeps: 'stays in its Docker volumes',
    ports: 'shared',
  },
  kubernetes: {
    is: 'The same on Kubernetes, with a distributed Mimir: in a kind cluster of its own, or in a cluster that you name.',
    needs: 'Needs docker, kind, kubectl and helm, and 8 GB of memory. Listens on ports of its own.',
    keeps: 'stays in the volumes of its cluster',
    ports: 'own',
    context: 'kind-watchtower',
  },
  external: {
    is: 'Tempo, Loki and Prometheus or Mimir that somebody else runs: searched and followed from here, nothing is owned.',
    needs: 'Needs their URLs, and the headers or the tenant that they ask for.',
    keeps: 'stays where it is',
    ports: 'elsewhere',
  },
};
