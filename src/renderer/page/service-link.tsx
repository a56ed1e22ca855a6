import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { pathOfService } from './service-path';
import { keepTime } from './time-window';

interface ServiceLinkProps {
  service: string;
  /** It is a row of the page's list. */
  'data-list-row'?: boolean;
  /** By which the page finds the row. */
  'data-service'?: string;
  className?: string;
  children: ReactNode;
}

/** To the page of a service, in the same time window. */
export function ServiceLink({ service, children, ...rest }: ServiceLinkProps) {
  return (
    <Link to="/services/$name" params={{ name: pathOfService(service) }} search={keepTime} {...rest}>
      {children}
    </Link>
  );
}
