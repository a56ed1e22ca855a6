import { Link } from '@tanstack/react-router';
import { Command } from 'lucide-react';
import type { HostStatus } from '../../../shared/contract/host';
import { steadyHistory, steadyRates } from '../../client/arrival/steady-rates';
import { formatRate } from '../../client/format-number';
import { useConnectionState } from '../../client/use-connection-state';
import { useHostStatus } from '../../client/use-host-status';
import { describeBackend } from '../../page/describe-backend';
import { paletteKeys } from '../../page/palette-keys';
import { classNames } from '../../ui/class-names';
import { type Health, HealthMark } from '../../ui/marks/health-mark';
import { KeyHint } from '../../ui/marks/key-hint';
import { Sparkline } from '../../ui/marks/sparkline';
import { AppErrors } from './app-errors';
import { describeCloud } from './describe-cloud';
import { ProblemsPopover } from './problems-popover';

/** Four answers on every page: is it running, is data arriving, is anything failing, does it leave this machine. */
export function StatusStrip({ openPalette }: { openPalette: () => void }) {
  const status = useHostStatus();
  const away = useConnectionState() === 'lost';
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line bg-surface px-2 text-sm">
      <Link
        to="/"
        className="flex items-center gap-2 rounded-md px-2 py-1 font-semibold"
        aria-label="Watchtower: overview"
      >
        <img src="/watchtower.svg" alt="" className="size-5" />
        <span className="hidden min-[1100px]:inline">Watchtower</span>
      </Link>
      <div className={classNames('flex min-w-0 flex-1 items-center gap-1 overflow-hidden', away && 'opacity-50')}>
        {status ? <Answers status={status} /> : <Cell health="busy">Connecting</Cell>}
      </div>
      <button
        type="button"
        onClick={openPalette}
        className="flex h-7 items-center gap-2 rounded-md border border-line-strong bg-raised px-2 text-xs text-muted hover:bg-hover"
      >
        <Command size={13} aria-hidden />
        <span className="sr-only">Command palette: </span>
        <span className="hidden min-[1200px]:inline">Go to or do</span>
        <span className="hidden min-[760px]:inline-flex">
          <KeyHint keys={paletteKeys} />
        </span>
      </button>
    </div>
  );
}

function Answers({ status }: { status: HostStatus }) {
  const { backend, word, health } = describeBackend(status);
  const { history } = status.ingest;
  const rates = steadyRates(status.ingest);
  const cloud = describeCloud(status.cloud, status.keptAt);
  return (
    <>
      <Link to="/stack" className="rounded-md hover:bg-hover" title={`${backend}: ${word}`}>
        <Cell health={health}>
          <span className="sr-only min-[860px]:not-sr-only min-[860px]:whitespace-nowrap">{backend}</span>
          <span className="text-muted">{word}</span>
        </Cell>
      </Link>
      <Divider />
      {status.capabilities.ingest ? (
        <Link to="/" className="flex items-center rounded-md hover:bg-hover" title="Data arriving">
          <Cell health={rates.spans + rates.logs + rates.points > 0 ? 'ok' : 'off'}>
            <span className="hidden items-center gap-1.5 min-[1120px]:inline-flex">
              <Rate value={rates.spans} unit="spans/s" />
              <Rate value={rates.logs} unit="logs/s" />
              <Rate value={rates.points} unit="points/s" />
            </span>
            <span className="min-[1120px]:hidden">
              <Rate value={rates.spans + rates.logs + rates.points} unit="items/s" />
            </span>
          </Cell>
          <span className="hidden pr-2 min-[1300px]:block">
            <Sparkline
              values={steadyHistory(history).map((each) => each.spans + each.logs + each.points)}
              width={96}
              height={18}
              label="Items a second, last two minutes"
            />
          </span>
        </Link>
      ) : (
        <span title={status.capabilities.because.ingest}>
          <Cell health="off">
            <span className="text-muted">arrives elsewhere</span>
          </Cell>
        </span>
      )}
      <Divider />
      <ProblemsPopover problems={status.problems} />
      <AppErrors />
      <Divider />
      <Link to="/destinations" className="min-w-0 rounded-md hover:bg-hover" title={cloud.text}>
        <Cell health={cloud.health}>
          <span aria-hidden className="min-[860px]:hidden">
            {cloud.short}
          </span>
          <span className="sr-only min-[860px]:not-sr-only min-[860px]:truncate">{cloud.text}</span>
        </Cell>
      </Link>
    </>
  );
}

function Cell({ health, children }: { health: Health; children: React.ReactNode }) {
  return (
    <span className="flex h-7 items-center gap-1.5 px-2 whitespace-nowrap">
      <HealthMark health={health} size={10} />
      {children}
    </span>
  );
}

function Rate({ value, unit }: { value: number; unit: string }) {
  return (
    <span className="tabular">
      <span className="inline-block min-w-8 text-right font-medium">{formatRate(value)}</span>{' '}
      <span className="text-muted">{unit}</span>
    </span>
  );
}

function Divider() {
  return <span className="h-4 w-px bg-line" aria-hidden />;
}
