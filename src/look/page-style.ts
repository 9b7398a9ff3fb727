/** The page's style sheet: light or dark as the reader's system is, one column on a narrow screen. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1b1f26; --soft: #5a6372; --line: #dfe3e9; --user: #e9eef6; --accent: #2456c4;
  --good: #14713d; --good-page: #eaf6ee; --good-line: #8fcaa5; --bad: #a92727; --bad-page: #fcefee; --bad-line: #e3a6a1; }
@media (prefers-color-scheme: dark) { :root { --page: #14171c; --card: #1d2128; --ink: #e7eaf0; --soft: #9da7b6; --line: #343b46; --user: #2a3240; --accent: #8fb2ff;
  --good: #7fd6a0; --good-page: #16281e; --good-line: #2f6e49; --bad: #ff9c94; --bad-page: #2e1b1b; --bad-line: #7a3a37; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main, .top { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
.top { padding-top: 36px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
.lead { margin: 6px 0 20px; color: var(--soft); }
.counts { overflow-x: auto; margin-bottom: 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 14px; text-align: right; white-space: nowrap; }
th { font-weight: 500; color: var(--soft); }
th[scope=row] { text-align: left; color: var(--ink); font-weight: 600; }
tbody tr { border-top: 1px solid var(--line); }
td.none { color: var(--soft); }
.filters { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); }
.filters form { max-width: 1120px; margin: 0 auto; padding: 10px 20px; display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: 6px; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.chip { position: relative; display: inline-flex; }
.chip input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.chip span { padding: 3px 11px; border: 1px solid var(--line); border-radius: 99px; background: var(--card); font-size: 14px; }
.chip input:checked + span { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; }
.chip input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 2px; }
output { color: var(--soft); font-size: 14px; margin-left: auto; }
main { padding-top: 20px; padding-bottom: 40px; }
.card { display: grid; grid-template-columns: 300px minmax(0, 1fr); gap: 0 28px; margin-bottom: 20px; padding: 22px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); scroll-margin-top: 120px; }
.card[hidden] { display: none; }
.card:focus { outline: 2px solid var(--accent); outline-offset: 2px; }
.side img { display: block; width: 100%; height: auto; max-height: 360px; object-fit: contain; border-radius: 8px; background: var(--page); }
.gone { margin: 0; padding: 40px 16px; border: 1px dashed var(--line); border-radius: 8px; color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
dl { margin: 14px 0 0; font-size: 14px; }
dl div { display: grid; grid-template-columns: 96px minmax(0, 1fr); gap: 10px; padding: 4px 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.tags { display: flex; flex-wrap: wrap; gap: 6px; margin: 0; }
.tag { padding: 1px 9px; border: 1px solid var(--line); border-radius: 99px; font-size: 13px; color: var(--soft); }
.tag.pipeline { background: var(--ink); border-color: var(--ink); color: var(--card); font-weight: 600; }
.tag.scenario { border-color: var(--accent); color: var(--accent); font-weight: 600; }
h2 { margin: 8px 0 0; font: 500 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
.explained { margin: 2px 0 14px; font-weight: 600; }
.bubble { width: fit-content; max-width: 92%; margin-bottom: 10px; padding: 9px 14px 11px; border: 1px solid var(--line); border-radius: 14px; border-bottom-left-radius: 4px; }
.bubble.user { margin-left: auto; background: var(--user); border-color: var(--user); border-radius: 14px; border-bottom-right-radius: 4px; }
.bubble.system, .bubble.context { border-style: dashed; border-color: var(--soft); }
.bubble.trained, .bubble.chosen { background: var(--good-page); border-color: var(--good-line); }
.bubble.rejected { background: var(--bad-page); border-color: var(--bad-line); }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; margin: 0 0 2px; font-size: 13px; font-weight: 600; color: var(--soft); }
.note { font-weight: 400; font-size: 13px; color: var(--soft); }
.mark { display: inline-flex; align-items: center; gap: 4px; }
.trained .mark, .chosen .mark { color: var(--good); }
.rejected .mark { color: var(--bad); }
.mark svg { width: 15px; height: 15px; fill: none; stroke: currentColor; stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.text section { white-space: normal; }
.text section + section { margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--good-line); }
.text h3 { margin: 4px 0 0; font-size: 13px; color: var(--good); }
.text p { margin: 0; white-space: pre-wrap; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
.pair .bubble { width: auto; max-width: none; }
.none-left { text-align: center; color: var(--soft); padding: 40px 0; }
footer { max-width: 1120px; margin: 0 auto; padding: 0 20px 40px; color: var(--soft); font-size: 14px; }
kbd { padding: 0 5px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); font: 13px ui-monospace, Menlo, Consolas, monospace; }
@media (max-width: 760px) {
  main, .top { padding-left: 12px; padding-right: 12px; }
  .top { padding-top: 22px; }
  .filters { position: static; }
  .filters form { padding: 10px 12px; }
  .card { grid-template-columns: minmax(0, 1fr); padding: 14px; scroll-margin-top: 10px; }
  .side { margin-bottom: 16px; }
  .pair { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .bubble { max-width: 100%; }
}
@media print { .filters { display: none; } .card { break-inside: avoid; } }
`;
