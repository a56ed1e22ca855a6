import { connection } from '../client/contract-client';
import { useConnectionState } from '../client/use-connection-state';
import { type OtherHost, useOtherHost } from '../client/use-other-host';
import { Button } from '../ui/controls/button';
import { CopyButton } from '../ui/text/copy-button';
import { Banner } from './banner';

/** Says when what the page shows is not live, or the page is not of the host that answers, and why. */
export function ConnectionBanner() {
  const state = useConnectionState();
  const other = useOtherHost();
  const retry = (
    <Button size="sm" onClick={connection.retryNow}>
      Try now
    </Button>
  );
  if (state === 'lost') {
    return (
      <Banner health="busy" action={retry}>
        <b className="font-medium">Watchtower does not answer.</b> What you see is the last it said; connecting again by
        itself.
      </Banner>
    );
  }
  if (state === 'unauthorized') {
    return (
      <Banner health="warn" action={retry}>
        <b className="font-medium">This page is not signed in.</b> Run{' '}
        <code className="font-mono">watchtower open</code> in a terminal: this page goes on by itself.{' '}
        <CopyButton text="watchtower open" what="the command" />
      </Banner>
    );
  }
  if (other) {
    const reload = (
      <Button size="sm" onClick={() => window.location.reload()}>
        Reload
      </Button>
    );
    return (
      <Banner health="warn" action={reload}>
        <OtherVersion {...other} />
      </Banner>
    );
  }
  return null;
}

function OtherVersion({ was, now }: OtherHost) {
  return (
    <>
      <b className="font-medium">{was === now ? 'Watchtower was updated.' : `Watchtower is now version ${now}.`}</b>{' '}
      This page is of {was === now ? 'before' : `version ${was}`}: reload it, so that both speak the same language.
    </>
  );
}
