/** Facets that any telemetry has, and the route, which most HTTP servers tell. */
export const standingFacets: readonly { field: string; title: string }[] = [
  { field: 'resource.service.name', title: 'Service' },
  { field: 'name', title: 'Span name' },
  { field: 'status', title: 'Status' },
  { field: 'span.http.route', title: 'Route' },
  { field: 'kind', title: 'Kind' },
];

/** More would make the call long, and nobody reads them. */
export const mostPinned = 10;
