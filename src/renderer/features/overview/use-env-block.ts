import { useQuery } from '@tanstack/react-query';
import { client } from '../../client/contract-client';
import { useHostStatus } from '../../client/use-host-status';
import { useSettings } from '../../client/use-settings';

/** The environment lines for the user's service and shell, and for where it listens now; null until they are known. */
export function useEnvBlock(): { code: string; syntax: string; shell: string; serviceName: string } | null {
  const settings = useSettings();
  const status = useHostStatus();
  const input = { serviceName: settings?.serviceName ?? 'my-app', shell: settings?.shell ?? 'bash' };
  const { data } = useQuery({
    queryKey: ['env', input, status?.endpoints.otlpGrpc],
    queryFn: ({ signal }) => client.snippets.env(input, { signal }),
    enabled: settings !== undefined && status !== null,
  });
  if (!settings || !data) return null;
  return {
    code: data.steps.map(({ code }) => code).join('\n'),
    syntax: data.steps[0]?.syntax ?? 'text',
    shell: settings.shell,
    serviceName: settings.serviceName,
  };
}
