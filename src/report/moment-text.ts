/** ISO 8601 in UTC → `2026-11-02 10:05 UTC`. */
export const formatMoment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
