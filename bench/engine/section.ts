/** One measurement of one case: numbers by column, and the CPU time (s) of the generator's processes. */
export interface Observation {
  readonly values: Readonly<Record<string, number | undefined>>;
  readonly cpu: number;
  /** What broke: an error, a lost request, a wrong count. Empty = nothing. */
  readonly problems: readonly string[];
}

export interface Column {
  readonly key: string;
  readonly title: string;
  /** Digits behind the point. */
  readonly digits: number;
  /** The column is the median of that other column over its median in the row of this name. */
  readonly ratio?: { readonly of: string; readonly row: string };
}

export interface Case {
  readonly name: string;
  readonly measure: () => Promise<Observation>;
}

/** A table: what is measured, and the cases that are measured in turns. */
export interface Section {
  readonly key: string;
  readonly title: string;
  /** Heading of the first column. */
  readonly subject: string;
  readonly columns: readonly Column[];
  readonly cases: readonly Case[];
}

/** Every measurement of one case. */
export interface Row {
  readonly name: string;
  readonly measurements: readonly {
    readonly values: Readonly<Record<string, number | undefined>>;
    readonly quiet: boolean;
  }[];
}
