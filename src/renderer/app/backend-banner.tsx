import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { theBackend } from '../../shared/backend-names';
import type { HostStatus } from '../../shared/contract/host';
import { orpc } from '../client/contract-client';
import { describeError } from '../client/describe-error';
import { useConnectionState } from '../client/use-connection-state';
import { useHostStatus } from '../client/use-host-status';
import { keepTime } from '../page/time-window';
import { Button } from '../ui/controls/button';
import { Banner } from './banner';

/** Says on every page that nothing answers for it, because the backend was stopped or given up, and starts it again. */
export function BackendBanner() {
  const status = useHostStatus();
  const away = useConnectionState() !== 'open';
  if (!status || away || (status.state !== 'failed' && status.state !== 'stopped')) return null;
  return <NotRunning status={status} />;
}

function NotRunning({ status }: { status: HostStatus }) {
  const start = useMutation(orpc.host.start.mutationOptions());
  const { backend, state, capabilities, problems } = status;
  const name = theBackend(backend);
  const why = start.error ? describeError(start.error).message : state === 'failed' && whyFailed(problems);
  const action = capabilities.lifecycle ? (
    <Button size="sm" disabled={start.isPending} onClick={() => start.mutate(undefined)}>
      Start {name}
    </Button>
  ) : (
    <Button
      size="sm"
      render={<Link to="/stack" search={(before) => ({ ...keepTime(before), setup: 'external' as const })} />}
    >
      Edit {name}
    </Button>
  );
  return (
    <Banner health={state === 'failed' ? 'bad' : 'off'} action={action}>
      <b className="font-medium">
        {capital(name)}{' '}
        {state === 'stopped' ? 'is stopped' : capabilities.lifecycle ? 'does not run' : 'does not answer'}.
      </b>{' '}
      {why && `${why} `}What you see is the last it said.
    </Banner>
  );
}

/** What ended it stands before what it leads to. */
function whyFailed(problems: HostStatus['problems']): string {
  const [first] = problems.filter(({ lifetime }) => lifetime !== 'until-seen');
  return first?.message ?? '';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
