import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { isTransient } from '../client/describe-error';
import { HostStatusProvider } from '../client/host-status-provider';
import { PacedQueries } from '../client/loading/paced-queries';
import { Toasts } from '../ui/overlays/toast';
import { TooltipProvider } from '../ui/overlays/tooltip';
import { router } from './router';

const queries = new PacedQueries({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && isTransient(error),
      refetchOnWindowFocus: false,
      // The host is on this machine: being offline does not matter.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <TooltipProvider delay={400}>
          <HostStatusProvider>
            <RouterProvider router={router} />
          </HostStatusProvider>
          <Toasts />
        </TooltipProvider>
      </QueryClientProvider>
    </CSPProvider>
  );
}
