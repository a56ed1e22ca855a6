/** Bytes of one request, before and after decompression, over both transports. */
export const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/**
 * Spans, log records or data points of one request. Batches of SDKs and collectors hold some thousands; an empty item is
 * two bytes on the wire and a whole row in the store.
 */
export const MAX_REQUEST_ITEMS = 1_000_000;

/** Messages of one request within one another: items and their attributes, values, events, links, exemplars, buckets. */
export const MAX_REQUEST_PARTS = 4_000_000;
