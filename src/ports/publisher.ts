import type { Report } from '../model/report.ts';

/** What became of one way of telling the world. A refusal is a value: it is a warning, never a failure of the gate. */
export type Published =
  | { readonly kind: 'done'; readonly url: string | undefined }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Tells the world beyond the report files: the pull request's comment, the job summary, annotations. */
export interface Publisher {
  publish(report: Report): Promise<readonly { readonly what: string; readonly result: Published }[]>;
}
