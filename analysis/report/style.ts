import { trusted } from "./html.ts";

/** How the report looks, on a screen and on paper. */
export const style = trusted(`
:root {
  color-scheme: light;
  --text: #1f2933; --faint: #616e7c; --line: #e4e7eb; --wash: #f5f7fa;
  --met: #0b6e4f; --met-wash: #e3f5ee; --broken: #b42318; --broken-wash: #fdecea;
  --undecided: #8a5a00; --undecided-wash: #fdf3dc;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.5rem 5rem; color: var(--text);
  background: #fff; line-height: 1.55; font-size: 16px;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .6rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 3rem 0 .4rem; padding-top: .3rem; }
h3 { font-size: 1rem; margin: 2rem 0 .4rem; }
p { margin: .4rem 0 1rem; max-width: 46rem; }
a { color: #0b5cad; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
pre { background: var(--wash); border-radius: 6px; padding: .9rem 1rem; overflow-x: auto; line-height: 1.45; }
.kind { color: var(--faint); font-size: .85rem; margin: 0 0 .3rem; }
.question { font-size: 1.15rem; color: #3e4c59; max-width: none; }
.note { color: var(--faint); font-size: .9rem; max-width: none; }
.banner {
  display: flex; gap: .9rem; align-items: baseline; border-radius: 8px; padding: .9rem 1.1rem;
  margin: 1.4rem 0 .6rem; border-left: 5px solid;
}
.banner .symbol { font-size: 1.3rem; font-weight: 700; line-height: 1; }
.banner strong { font-size: 1.1rem; }
.banner span.more { color: var(--text); }
.met { color: var(--met); } .broken { color: var(--broken); } .undecided { color: var(--undecided); }
.banner.met { background: var(--met-wash); border-color: var(--met); }
.banner.broken { background: var(--broken-wash); border-color: var(--broken); }
.banner.undecided { background: var(--undecided-wash); border-color: var(--undecided); }
.banner.none { background: var(--wash); border-color: #9aa5b1; color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 500; color: var(--faint); font-size: .82rem; }
th, td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { border-bottom-color: #cbd2d9; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.range { white-space: nowrap; font-variant-numeric: tabular-nums; color: #3e4c59; }
td.verdict { white-space: nowrap; font-weight: 600; }
td .small { display: block; color: var(--faint); font-size: .82rem; max-width: 26rem; }
tbody.group { border-bottom: 1px solid #cbd2d9; }
tbody.group tr:not(:last-child) td:not(.name) { border-bottom-color: transparent; }
tbody.group td { padding-top: .3rem; padding-bottom: .3rem; }
.warnings { background: var(--undecided-wash); border-radius: 8px; padding: .8rem 1.1rem; margin: 1rem 0; }
.warnings ul { margin: 0; padding-left: 1.1rem; }
.bar { background: var(--wash); height: .6rem; border-radius: 3px; min-width: 9rem; margin-top: .45rem; }
.bar div { background: #0072B2; height: 100%; border-radius: 3px; min-width: 2px; }
.bar div.failed { background: #D55E00; }
figure { margin: 1.6rem 0; border: 1px solid var(--line); border-radius: 8px; padding: .9rem .6rem .4rem; }
figcaption { padding: 0 2.6rem 0 .7rem; color: var(--faint); font-size: .9rem; }
figcaption strong { color: var(--text); font-size: 1.02rem; font-weight: 600; }
figure .chart { position: relative; }
figure .chart { width: 100%; }
figure .chart svg { max-width: 100%; height: auto; display: block; }
details { margin: .6rem 0; }
summary { cursor: pointer; color: #0b5cad; }
.vega-embed { width: 100%; display: block; }
.vega-embed.has-actions { padding-right: 0 !important; }
.vega-embed summary { color: inherit; }
.vega-embed details { margin: 0; }
.vega-embed.has-actions details summary { top: -2.6rem; right: .3rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  .vega-embed details { display: none; }
  figure, tr { break-inside: avoid; }
}
`);
