import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { z } from 'zod';

/** What decides where the kubeconfig is looked for; given by tests. */
export interface KubeEnvironment {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

const Contexts = z.object({ contexts: z.array(z.object({ name: z.string() })).nullish() });

function filesOf({ env, home }: KubeEnvironment): string[] {
  const files = env.KUBECONFIG ? env.KUBECONFIG.split(delimiter).filter(Boolean) : [join(home, '.kube', 'config')];
  return files.filter(existsSync);
}

/**
 * Names of the contexts that kubectl knows. Without the client library, which is large: whoever has no cluster never loads it.
 * Throws where a file cannot be read.
 */
export function readContexts(environment: KubeEnvironment): string[] {
  return filesOf(environment).flatMap((file) => {
    try {
      return (Contexts.parse(parse(readFileSync(file, 'utf8')) ?? {}).contexts ?? []).map(({ name }) => name);
    } catch (error) {
      throw new Error(`${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`);
    }
  });
}

/**
 * The configuration that kubectl reads: the files of KUBECONFIG, of which the first that has a name counts, or
 * `~/.kube/config`. Without any file it has no contexts. Rejects where a file cannot be read.
 */
export async function readKubeconfig(environment: KubeEnvironment): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const read = filesOf(environment).map((file) => {
    const config = new KubeConfig();
    try {
      config.loadFromFile(file);
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`);
    }
    return config;
  });
  const whole = new KubeConfig();
  whole.loadFromOptions({
    // The library wants to be told that there is nothing to verify where there is no TLS; kubectl does not.
    clusters: firstOfEach(read.flatMap(({ clusters }) => clusters ?? [])).map((cluster) =>
      cluster.server.startsWith('http:') ? { ...cluster, skipTLSVerify: true } : cluster,
    ),
    users: firstOfEach(read.flatMap(({ users }) => users ?? [])),
    contexts: firstOfEach(read.flatMap(({ contexts }) => contexts ?? [])),
    currentContext: read.find(({ currentContext }) => currentContext)?.currentContext ?? '',
  });
  return whole;
}

function firstOfEach<Named extends { name: string }>(all: readonly Named[]): Named[] {
  return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
}
