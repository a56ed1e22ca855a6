import type { PullProgress as Pull } from '../../../../shared/contract/backend';
import { formatBytes } from '../../../../shared/format-bytes';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Section } from '../../../ui/layout/section';
import { HealthMark } from '../../../ui/marks/health-mark';
import { ProgressBar } from '../../../ui/marks/progress-bar';
import { describePull, describePullImage } from './describe-pull';

type Image = Pull['images'][number];

const marks = { waiting: 'off', pulling: 'busy', present: 'ok', failed: 'bad' } as const;
const layerWords = { waiting: 'waits', downloading: 'comes', extracting: 'is unpacked', done: 'here' } as const;

/** The first run: what is fetched, how far it is, how long it takes. */
export function PullProgress({ pull }: { pull: Pull }) {
  const { share, amount, speed, left } = describePull(pull);
  const here = pull.images.filter(({ state }) => state === 'present').length;
  return (
    <Section
      title="Fetching the images"
      aside={
        <span className="text-xs text-muted tabular">
          {here} of {pull.images.length} here
        </span>
      }
    >
      <div className="p-3">
        <p className="mb-1.5 flex flex-wrap justify-between gap-x-4 text-sm tabular">
          <span>{amount}</span>
          <span className="text-muted">{[speed, left].filter(Boolean).join(', ')}</span>
        </p>
        <ProgressBar label="All images" share={share} text={`${amount} ${left}`} />
        <p className="mt-2 text-xs text-muted">
          Only the first start fetches them; later starts take seconds. A cancelled fetch goes on where it was left.
        </p>
      </div>
      <ul className="divide-y divide-line">
        {pull.images.map((image) => (
          <PullImage key={image.image} image={image} />
        ))}
      </ul>
    </Section>
  );
}

function PullImage({ image }: { image: Image }) {
  const { share, text } = describePullImage(image);
  return (
    <li className="px-3 py-2">
      <div className="grid grid-cols-[minmax(0,16rem)_minmax(0,1fr)_7rem_9rem] items-center gap-3">
        <span className="flex min-w-0 items-center gap-2">
          <HealthMark health={marks[image.state]} size={10} label={image.state} />
          <code className="truncate font-mono text-xs" title={image.image}>
            {image.image}
          </code>
        </span>
        <ProgressBar
          label={image.image}
          share={share}
          text={text}
          tone={image.state === 'present' ? 'ok' : image.state === 'failed' ? 'bad' : 'accent'}
        />
        <span className="text-xs text-muted">{text}</span>
        <span className="text-right text-xs text-muted tabular">
          {image.totalBytes > 0 && `${formatBytes(image.currentBytes)} of ${formatBytes(image.totalBytes)}`}
        </span>
      </div>
      {image.problem && (
        <div className="mt-2">
          <ProblemCard problem={image.problem} />
        </div>
      )}
      {image.layers.length > 0 && image.state !== 'present' && (
        <details className="mt-1">
          <summary className="cursor-pointer text-xs text-muted">{image.layers.length} layers</summary>
          <ul className="mt-1 grid gap-1 pl-4">
            {image.layers.map((layer) => (
              <li key={layer.id} className="grid grid-cols-[7rem_minmax(0,1fr)_7rem_9rem] items-center gap-3 text-xs">
                <code className="font-mono text-muted">{layer.id}</code>
                <ProgressBar
                  label={`Layer ${layer.id}`}
                  share={layer.state === 'done' ? 1 : layer.totalBytes > 0 ? layer.currentBytes / layer.totalBytes : 0}
                  text={layerWords[layer.state]}
                  tone={layer.state === 'done' ? 'ok' : 'accent'}
                />
                <span className="text-muted">{layerWords[layer.state]}</span>
                <span className="text-right text-muted tabular">
                  {layer.totalBytes > 0 && formatBytes(layer.totalBytes)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
