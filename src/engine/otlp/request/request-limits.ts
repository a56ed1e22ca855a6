/** Bytes of one request, before and after decompression, over both transports. */
export const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/**
 * Spans, log records or data points of one request. Batches of SDKs and collectors hold some thousands; an empty item is
 * two bytes on the wire and a whole row in the store.
 */
export const MAX_REQUEST_ITEMS = 1_000_000;

/**
 * Parts of one request: its fields, whether they are messages (attributes, values, events, links, exemplars), texts or
 * varints, and buckets. The smallest takes two bytes.
 */
export const MAX_REQUEST_PARTS = 8_000_000;

/** The same of one item alone: an item is decoded in one turn of the store. */
export const MAX_ITEM_PARTS = 262_144;

/** From here on a request is stored in pieces, each of which is decoded in one turn. */
export const WHOLE_REQUEST = { bytes: 4 * 1024 * 1024, items: 16_384, parts: 524_288 } as const;
