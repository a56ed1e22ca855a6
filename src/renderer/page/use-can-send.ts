import { useHostStatus } from '../client/use-host-status';

/** Whether it is known where apps send to; so until the host has said otherwise. */
export function useCanSend(): boolean {
  const endpoints = useHostStatus()?.endpoints;
  return !endpoints || Boolean(endpoints.otlpGrpc ?? endpoints.otlpHttp);
}
