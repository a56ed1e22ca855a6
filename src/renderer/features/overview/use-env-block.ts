import { useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../shared/problem';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { useSettings } from '../../client/use-settings';

export interface EnvBlock {
  code: string;
  syntax: string;
  shell: string;
  serviceName: string;
}

/** The environment lines for the user's service and shell, and for where it listens now; both null until they are known. */
export function useEnvBlock(): { env: EnvBlock | null; problem: Problem | null } {
  const settings = useSettings();
  const status = useHostStatus();
  const input = { serviceName: settings?.serviceName ?? 'my-app', shell: settings?.shell ?? 'bash' };
  const { data, error } = useQuery({
    queryKey: ['env', input, status?.endpoints.otlpGrpc, status?.endpoints.otlpHttp],
    queryFn: ({ signal }) => client.snippets.env(input, { signal }),
    enabled: settings !== undefined && status !== null,
  });
  if (!settings || !data) return { env: null, problem: error && describeError(error) };
  const env = {
    code: data.steps.map(({ code }) => code).join('\n'),
    syntax: data.steps[0]?.syntax ?? 'text',
    shell: settings.shell,
    serviceName: settings.serviceName,
  };
  return { env, problem: null };
}
