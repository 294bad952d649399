/** What a tool says it measured, ms. Undefined = it does not say. */
export interface PeerResult {
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

const NOTHING: PeerResult = { p50: undefined, p95: undefined, p99: undefined };

const numberOr = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** `autocannon --json`: whole ms, and no p95. */
export const readAutocannon = (text: string): PeerResult => {
  const latency = record(record(JSON.parse(text)).latency);
  return { p50: numberOr(latency.p50), p95: undefined, p99: numberOr(latency.p99) };
};

/** The line that our Lua script has wrk print: µs. */
export const readWrk = (text: string): PeerResult => {
  const found = /^percentiles (\d+) (\d+) (\d+)$/m.exec(text);
  if (found === null) return NOTHING;
  const [p50, p95, p99] = found.slice(1).map((each) => Number(each) / 1_000);
  return { p50, p95, p99 };
};

/** hey's latency distribution: seconds. */
export const readHey = (text: string): PeerResult => {
  const at = (percent: number): number | undefined => {
    const seconds = new RegExp(`^\\s*${percent}%+ in ([\\d.]+) secs`, 'm').exec(text)?.[1];
    return seconds === undefined ? undefined : Number(seconds) * 1_000;
  };
  return { p50: at(50), p95: at(95), p99: at(99) };
};

/** ab's table of percentages: whole ms. */
export const readAb = (text: string): PeerResult => {
  const at = (percent: number): number | undefined => {
    const ms = new RegExp(`^\\s*${percent}%\\s+(\\d+)`, 'm').exec(text)?.[1];
    return ms === undefined ? undefined : Number(ms);
  };
  return { p50: at(50), p95: at(95), p99: at(99) };
};

/** h2load's log, one request a line: start, status, duration in µs. h2load itself prints no percentile. */
export const readH2load = (log: string): PeerResult => {
  const durations = Float64Array.from(
    log
      .split('\n')
      .map((line) => line.split('\t'))
      .flatMap(([, , duration]) => (duration === undefined ? [] : [Number(duration) / 1_000])),
  ).sort();
  const at = (q: number): number | undefined => durations[Math.max(0, Math.ceil(q * durations.length - 1e-9) - 1)];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

/** Locust's `_stats.csv`: the row of all requests, ms (two digits above 100). */
export const readLocust = (csv: string): PeerResult => {
  const [head, ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const total = rows.find((row) => row[1] === 'Aggregated');
  const at = (name: string): number | undefined => {
    const cell = total?.[head?.indexOf(name) ?? -1];
    return cell === undefined || cell === '' || cell === 'N/A' ? undefined : Number(cell);
  };
  return { p50: at('50%'), p95: at('95%'), p99: at('99%') };
};

/** artillery's JSON report: ms, rounded by its sketch to about 1 %. */
export const readArtillery = (text: string): PeerResult => {
  const summaries = record(record(record(JSON.parse(text)).aggregate).summaries);
  const times = record(summaries['http.response_time']);
  return { p50: numberOr(times.p50), p95: numberOr(times.p95), p99: numberOr(times.p99) };
};
