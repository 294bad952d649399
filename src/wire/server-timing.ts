import { readStructuredList } from './structured-list.ts';

/**
 * The `dur` of a metric in a Server-Timing header (W3C), as written, in ms; undefined when there is none. A header without
 * quotes, as nearly all are, is searched by hand: it is looked into at every response, and the general way takes ten times
 * as long.
 */
export const serverTiming = (header: string, metric: string): string | undefined => {
  if (header.includes('"'))
    return readStructuredList(header)
      .find(({ value }) => value === metric)
      ?.parameters.get('dur');
  for (let at = header.indexOf(metric); at !== -1; at = header.indexOf(metric, at + 1)) {
    const isWhole = ' ,'.includes(header[at - 1] ?? ',') && ' ,;'.includes(header[at + metric.length] ?? ',');
    if (isWhole) return durationOf(header, at);
  }
  return undefined;
};

/** Of the member that begins at `at`. */
const durationOf = (header: string, at: number): string | undefined => {
  const comma = header.indexOf(',', at);
  const end = comma === -1 ? header.length : comma;
  const duration = header.indexOf('dur=', at);
  if (duration === -1 || duration > end) return undefined;
  const semicolon = header.indexOf(';', duration);
  return header.slice(duration + 4, semicolon === -1 ? end : Math.min(semicolon, end)).trim();
};
