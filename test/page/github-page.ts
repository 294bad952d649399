import { createRequire } from 'node:module';
import { Marked } from 'marked';

const require = createRequire(import.meta.url);

/** The build of Mermaid that a page loads with a script tag. */
export const MERMAID = require.resolve('mermaid').replace(/mermaid\.core\.mjs$/, 'mermaid.min.js');

/** What matters of GitHub's style for a comment, light and dark: its box, its type, its tables that scroll in themselves, its code that wraps. */
const STYLE = `
:root{--text:#1f2328;--page:#fff;--border:#d1d9e0;--muted:#59636e;--soft:#f6f8fa;--code:#818b981f;--link:#0969da;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--text:#f0f6fc;--page:#0d1117;--border:#3d444d;--muted:#9198a1;--soft:#151b23;--code:#656c7633;--link:#4493f8}}
*{box-sizing:border-box}
body{margin:0;padding:16px;font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;color:var(--text);background:var(--page);word-wrap:break-word}
.comment{border:1px solid var(--border);border-radius:6px;padding:16px;max-width:860px;margin:0 auto}
.comment>:first-child{margin-top:0}
p,ul,table,pre,details,blockquote{margin:0 0 16px}
h3{font-size:1.25em;font-weight:600;line-height:1.25;margin:24px 0 16px}
ul{padding-left:2em}li+li{margin-top:.25em}
blockquote{padding:0 1em;color:var(--muted);border-left:.25em solid var(--border)}
table{display:block;width:max-content;max-width:100%;overflow:auto;border-spacing:0;border-collapse:collapse;font-variant:tabular-nums}
th,td{padding:6px 13px;border:1px solid var(--border)}th{font-weight:600}tr:nth-child(2n){background:var(--soft)}
code{font:85% ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);border-radius:6px;padding:.2em .4em;white-space:break-spaces}
pre{padding:16px;overflow:auto;font-size:85%;line-height:1.45;background:var(--soft);border-radius:6px}
pre code{background:none;padding:0;white-space:pre;font-size:100%}
a{color:var(--link)}summary{cursor:pointer}sub{font-size:75%;line-height:0;position:relative;bottom:-.25em}
.mermaid svg{max-width:100%;height:auto}
`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const marked = new Marked({
  gfm: true,
  renderer: {
    code: ({ text, lang }) =>
      lang === 'mermaid' ? `<div class="mermaid">${escaped(text)}</div>` : `<pre><code>${escaped(text)}</code></pre>`,
  },
});

/** A comment's markdown as GitHub's markup, its charts not yet drawn. Nothing is left out or made harmless. */
export const commentHtml = (markdown: string): string => marked.parse(markdown, { async: false });

/** A comment on a page that looks like GitHub's. */
export const githubPage = (markdown: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A comment</title><style>${STYLE}</style></head><body><div class="comment">${commentHtml(markdown)}</div></body></html>`;
