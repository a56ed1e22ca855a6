import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../client/contract-client';
import { useSettings } from '../../client/use-settings';

/** The environment lines for the user's service and shell; null until both are known. */
export function useEnvBlock(): { code: string; syntax: string; shell: string; serviceName: string } | null {
  const settings = useSettings();
  const { data } = useQuery(
    orpc.snippets.env.queryOptions({
      input: { serviceName: settings?.serviceName ?? 'my-app', shell: settings?.shell ?? 'bash' },
      enabled: settings !== undefined,
    }),
  );
  if (!settings || !data) return null;
  return {
    code: data.steps.map(({ code }) => code).join('\n'),
    syntax: data.steps[0]?.syntax ?? 'text',
    shell: settings.shell,
    serviceName: settings.serviceName,
  };
}
