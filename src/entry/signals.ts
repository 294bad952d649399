/**
 * An abort signal for SIGINT and SIGTERM (a cancelled job), whose reason is the signal's name. The first one ends the burst,
 * and the report is still written; a second SIGINT means it: the process ends at once. (A runner that cancels a job sends
 * SIGINT, and SIGTERM 7.5 s later, which must not cost the report.)
 */
export const cancellation = (): AbortSignal => {
  const controller = new AbortController();
  process.on('SIGTERM', () => controller.abort('SIGTERM'));
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort('SIGINT');
  });
  return controller.signal;
};
