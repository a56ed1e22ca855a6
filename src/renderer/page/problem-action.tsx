import { Link } from '@tanstack/react-router';
import { Button } from '../ui/controls/button';
import { findProblemAction } from './find-problem-action';
import { keepTime } from './time-window';

interface ProblemActionProps {
  id: string;
  kind: string;
  onLeave?: (() => void) | undefined;
}

/** The way out of a problem of the host as a button; nothing where there is no page for it. */
export function ProblemAction({ id, kind, onLeave }: ProblemActionProps) {
  const action = findProblemAction(id, kind);
  if (!action) return null;
  const link = (
    <Link to={action.to} search={(before) => ({ ...keepTime(before), ...action.search })} onClick={onLeave} />
  );
  return (
    <Button size="sm" render={link}>
      {action.label}
    </Button>
  );
}
