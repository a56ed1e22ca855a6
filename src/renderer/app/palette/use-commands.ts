import { useNavigate } from '@tanstack/react-router';
import { Activity, Copy, FileUp, Keyboard, LifeBuoy, Moon, RotateCw, Sun, SunMoon } from 'lucide-react';
import { use } from 'react';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useHostStatus } from '../../client/use-host-status';
import { useSettings, useUpdateSettings } from '../../client/use-settings';
import { pages } from '../../page/pages';
import { keepTime } from '../../page/time-window';
import { useCanSend } from '../../page/use-can-send';
import { OpenTroubleshooting } from '../../ui/layout/open-troubleshooting';
import { showToast } from '../../ui/overlays/toast';
import { copyText } from '../../ui/text/copy-text';
import type { CommandGroup, PaletteCommand } from './palette-command';
import { useDestinationCommands } from './use-destination-commands';
import { useRunCommands } from './use-run-commands';
import { useStackCommands } from './use-stack-commands';

/** Everything the palette offers; `text` is what was typed so far, `found` what that finds in what arrived. */
export function useCommands(
  text: string,
  found: readonly CommandGroup[],
  { openHelp, openImport }: { openHelp: () => void; openImport: () => void },
): CommandGroup[] {
  const navigate = useNavigate();
  const status = useHostStatus();
  const settings = useSettings();
  const update = useUpdateSettings();
  const stack = useStackCommands();
  const destinations = useDestinationCommands();
  const runs = useRunCommands();
  const canSend = useCanSend();
  const openTroubleshooting = use(OpenTroubleshooting);

  const setTheme = (theme: 'light' | 'dark' | 'system') =>
    update.mutate(
      { theme },
      { onError: (error) => showToast('The theme was not changed', describeError(error).message) },
    );

  const traceId = /^[0-9a-f]{16,32}$/i.test(text.trim()) ? text.trim().toLowerCase() : null;
  const open: PaletteCommand[] = traceId
    ? [
        {
          label: `Open trace ${traceId}`,
          icon: Activity,
          run: () => void navigate({ to: '/traces/$traceId', params: { traceId }, search: keepTime }),
        },
      ]
    : [];
  const endpoints: [string, string | undefined][] = [
    ['the OTLP/gRPC endpoint', status?.endpoints.otlpGrpc],
    ['the OTLP/HTTP endpoint', status?.endpoints.otlpHttp],
    ['the Tempo URL', status?.endpoints.tempo],
    ['the Loki URL', status?.endpoints.loki],
    ['the Prometheus URL', status?.endpoints.prometheus],
    ['the Grafana URL', status?.endpoints.grafana],
  ];
  const copies: PaletteCommand[] = endpoints.flatMap(([what, url]) =>
    url
      ? [
          {
            label: `Copy ${what}`,
            icon: Copy,
            detail: url,
            keywords: [url, 'endpoint'],
            run: () => void copyText(url, what),
          },
        ]
      : [],
  );
  if (settings && canSend) {
    copies.unshift({
      label: `Copy the env block for ${settings.shell}`,
      icon: Copy,
      keywords: ['environment', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
      run: () => void copyEnv(settings.serviceName, settings.shell),
    });
  }
  return [
    { title: 'Open', commands: open },
    {
      title: 'Go to',
      commands: pages.map((page) => ({
        label: page.title,
        icon: page.icon,
        keys: `g ${page.key}`,
        run: () => void navigate({ to: page.to, search: keepTime }),
      })),
    },
    ...found,
    { title: 'Last run', commands: runs },
    { title: 'Backend', commands: stack },
    { title: 'Destinations', commands: destinations },
    { title: 'Copy', commands: copies },
    {
      title: 'Do',
      commands: [
        ...(status?.capabilities.lifecycle === false
          ? []
          : [{ label: 'Restart the backend', icon: RotateCw, keywords: ['engine'], run: () => void restart() }]),
        ...(canSend
          ? [
              {
                label: 'Import files of telemetry',
                icon: FileUp,
                detail: 'or drop them on the panel',
                keywords: ['OTLP', 'JSON', 'upload', 'open'],
                run: openImport,
              },
            ]
          : []),
        { label: 'Theme: light', icon: Sun, run: () => setTheme('light') },
        { label: 'Theme: dark', icon: Moon, run: () => setTheme('dark') },
        { label: 'Theme: as the system', icon: SunMoon, run: () => setTheme('system') },
        {
          label: 'Copy the diagnostics',
          icon: Copy,
          detail: 'secrets are masked',
          keywords: ['report', 'bug', 'log'],
          run: () => void copyDiagnostics(),
        },
        ...(openTroubleshooting
          ? [
              {
                label: 'Troubleshooting',
                icon: LifeBuoy,
                keywords: ['help', 'problem'],
                run: () => openTroubleshooting(null),
              },
            ]
          : []),
        { label: 'Show the keys', icon: Keyboard, keys: '?', run: openHelp },
      ],
    },
  ].filter(({ commands }) => commands.length > 0);
}

async function copyEnv(serviceName: string, shell: Parameters<typeof client.snippets.env>[0]['shell']): Promise<void> {
  try {
    const snippet = await client.snippets.env({ serviceName, shell });
    await copyText(snippet.steps.map(({ code }) => code).join('\n'), `the env block for ${shell}`);
  } catch (error) {
    showToast('Could not fetch the env block', describeError(error).message);
  }
}

async function copyDiagnostics(): Promise<void> {
  try {
    const { files } = await client.host.diagnostics();
    await copyText(files.map(({ name, text }) => `--- ${name}\n${text}`).join('\n'), 'the diagnostics');
  } catch (error) {
    showToast('Could not collect the diagnostics', describeError(error).message);
  }
}

async function restart(): Promise<void> {
  showToast('Restarting the backend');
  await client.host
    .restart()
    .catch((error: unknown) => showToast('The backend did not restart', describeError(error).message));
}
