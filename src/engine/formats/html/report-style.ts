/** The style sheet of the report: readable on screen in both themes, and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --muted: #57606a; --line: #d0d7de; --paper: #fff; --raised: #f6f8fa; --error: #a40e26; --warning: #7d4e00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --muted: #9aa4af; --line: #3a424c; --paper: #14181d; --raised: #1c2128; --error: #ff8d8d; --warning: #f0b849; } }
body { margin: 0 auto; padding: 24px; max-width: 1200px; color: var(--ink); background: var(--paper); font: 13px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 20px; } h2 { margin: 28px 0 8px; font-size: 15px; }
.about, small { color: var(--muted); } .about { margin: 4px 0; }
table { border-collapse: collapse; width: 100%; } th, td { padding: 3px 10px 3px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.facts { width: auto; } .error { color: var(--error); } .warning { color: var(--warning); } .masked { color: var(--muted); font-style: italic; }
summary { cursor: pointer; } td, pre { overflow-wrap: anywhere; unicode-bidi: plaintext; }
pre { margin: 4px 0 8px; padding: 8px 10px; white-space: pre-wrap; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; font: 12px/1.45 ui-monospace, monospace; }
ul { margin: 2px 0; padding-left: 18px; }
@media print { body { max-width: none; padding: 0; } details::details-content { content-visibility: visible; block-size: auto; } thead { display: table-header-group; } tr { break-inside: avoid-page; } }
`;
