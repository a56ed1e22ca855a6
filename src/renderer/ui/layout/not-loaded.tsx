import { useEffect, useRef } from 'react';
import type { PartNotLoaded } from '../../client/loading/load-part';
import { useConnectionState } from '../../client/use-connection-state';
import { Button } from '../controls/button';
import { ProblemCard } from './problem-card';

interface NotLoadedProps {
  error: PartNotLoaded;
  /** Names what is missing, as a sentence begins: `This page`. */
  what: string;
  /** Shows it again. */
  reset: () => void;
  onDismiss?: () => void;
}

/** Says of a part that several tries did not load why that is and what to do; loads it once Watchtower answers again. */
export function NotLoaded({ error, what, reset, onDismiss }: NotLoadedProps) {
  const state = useConnectionState();
  const isAway = state !== 'open' && state !== 'http';
  const wasAway = useRef(false);
  useEffect(() => {
    if (!isAway && wasAway.current) {
      error.forget();
      reset();
    }
    wasAway.current = isAway;
  }, [isAway, error, reset]);
  return (
    <ProblemCard
      problem={{
        kind: 'part-not-loaded',
        message: `${what} could not be loaded.`,
        hint: isAway ? away : failed,
        details: error.message,
      }}
      action={!isAway && <Button onClick={() => window.location.reload()}>Reload</Button>}
      {...(onDismiss && { onDismiss })}
    />
  );
}

const away = 'Watchtower does not answer. As soon as it does, this is loaded by itself.';
const failed =
  'It was tried several times. Reload the page: what the address says is kept. If that does not help, look for what holds back files between the browser and Watchtower: an extension, a proxy, a VPN.';
