import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { HealthMark } from '../../ui/health-mark';
import { useEnvBlock } from './use-env-block';

/** Nothing has come yet: the lines to run, and the sign that it worked. */
export function FirstRun({ lit }: { lit: boolean }) {
  const env = useEnvBlock();
  return (
    <section
      aria-live="polite"
      className={`col-span-full rounded-lg border p-5 transition-colors duration-500 ${lit ? 'border-ok bg-ok-soft' : 'border-line-strong bg-surface'}`}
    >
      <h2 className="flex items-center gap-2.5 text-base font-semibold">
        <HealthMark health={lit ? 'ok' : 'waiting'} size={14} />
        {lit ? 'Your telemetry arrives' : 'Waiting for your first span'}
      </h2>
      {lit ? (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button tone="primary" render={<Link to="/traces" search={{ live: true }} />}>
            Watch traces arrive
          </Button>
          <Button render={<Link to="/logs" search={{ live: true }} />}>Watch logs arrive</Button>
        </div>
      ) : (
        <>
          <p className="mt-1 text-muted">
            Set these where your app starts. Any OpenTelemetry SDK reads them; start the app after.
          </p>
          <div className="relative mt-3">
            <pre className="overflow-x-auto rounded-md border border-line bg-canvas p-3 pr-24 font-mono text-xs leading-5">
              {env?.code ?? '…'}
            </pre>
            {env && (
              <CopyButton
                text={env.code}
                what={`the env block for ${env.shell}`}
                label="Copy"
                className="absolute top-2 right-2"
              />
            )}
          </div>
          <p className="mt-3 text-muted">
            No app at hand? <code className="font-mono text-xs text-ink">watchtower generate</code>{' '}
            <CopyButton text="watchtower generate" what="the command" className="align-middle" /> sends the traces, logs
            and metrics of a small shop. Not instrumented yet?{' '}
            <Link to="/connect" className="text-accent underline underline-offset-2">
              Steps for your language
            </Link>
          </p>
        </>
      )}
    </section>
  );
}
