import type { RunDiff } from '../../../../shared/runs/run-diff';
import { showCommand } from '../../../../shared/runs/show-command';
import { Button } from '../../../ui/controls/button';
import { HealthMark } from '../../../ui/marks/health-mark';

/** Why two runs say little about each other, and the way to compare them all the same. */
export function Incomparable({ diff, onForce }: { diff: RunDiff; onForce?: (() => void) | undefined }) {
  const commands = [diff.before, diff.after].map(({ command }) => showCommand(command));
  return (
    <div role="note" className="flex items-start gap-2.5 rounded-md border border-warn/40 bg-warn-soft px-3 py-2">
      <span className="mt-1">
        <HealthMark health="warn" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">These two runs can hardly be compared.</p>
        <p className="text-sm wrap-anywhere text-muted">
          {commands[0] === commands[1]
            ? 'Less than half of what they did is the same.'
            : `They are of two commands: ${commands[0]} and ${commands[1]}.`}
        </p>
        {onForce && (
          <Button size="sm" className="mt-2" onClick={onForce}>
            Compare anyway
          </Button>
        )}
      </div>
    </div>
  );
}
