/** The requests of one block of one gateway, in typed arrays that are used again. Times are µs. */
export interface Requests {
  readonly latency: Float64Array;
  /** Time to first token; of no meaning in worlds without streams. */
  readonly ttft: Float64Array;
  /** 1 = ended in an error. */
  readonly failed: Uint8Array;
}

/** Room for that many requests. */
export const makeRequests = (count: number): Requests => ({
  latency: new Float64Array(count),
  ttft: new Float64Array(count),
  failed: new Uint8Array(count),
});

/** The same memory, from one request on. */
export const partOf = ({ latency, ttft, failed }: Requests, from: number, count: number): Requests => ({
  latency: latency.subarray(from, from + count),
  ttft: ttft.subarray(from, from + count),
  failed: failed.subarray(from, from + count),
});
