/** Sends a request when its turn has come. */
export type Queue = <Reply>(path: string, send: () => Promise<Reply>) => Promise<Reply>;

/** One line for all endpoints: embeddings are served one by one, and whatever came behind some of them waits for them. */
export const createSharedQueue = (): Queue => {
  let served: Promise<unknown> = Promise.resolve();
  return (path, send) => {
    const reply = served.then(send);
    if (path === '/v1/embeddings') served = reply.catch(() => {});
    return reply;
  };
};
