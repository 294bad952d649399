/** Simulated providers that are up. */
export interface RunningProviders extends RunningServer {
  /** Provider name → URL. */
  readonly providers: Readonly<Record<string, string>>;
}

/** A simulated provider (or the reference gateway) that is up. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Ends it and waits until its port is free. */
  stop(): Promise<void>;
}
