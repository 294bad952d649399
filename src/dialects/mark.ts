/**
 * What a gateway can be told by: a header (one `*` in its name stands for any text; with `value`, a part of its value, lower
 * case), or a path in the body. `sure` = nobody else sends it; all others are hints.
 */
export type Mark = (
  | { readonly header: string; readonly value?: string | undefined }
  | { readonly body: string; readonly value?: undefined }
) & { readonly sure?: true | undefined };
