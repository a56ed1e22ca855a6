import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { EmptyState } from '../ui/layout/empty-state';

export function NotFoundPage() {
  return (
    <EmptyState icon={Compass} title="There is no such page">
      Go to the{' '}
      <Link to="/" className="text-accent underline">
        overview
      </Link>{' '}
      or press Ctrl K.
    </EmptyState>
  );
}
