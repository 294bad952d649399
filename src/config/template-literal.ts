/** A text as a template that renders to exactly this text: what a person typed holds no expression. */
export const templateLiteral = (text: string): string => text.replaceAll('${', () => '$${');
