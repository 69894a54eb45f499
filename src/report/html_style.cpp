#include "report/html.h"

namespace netpet::report {

std::string html_style() {
  return R"css(
:root { --ink:#1b2631; --muted:#5a6673; --line:#d6dce2; --soft:#f5f7f9; --accent:#12506b;
  --warn:#7a4300; --warn-bg:#fff6e5; --warn-line:#e0a84a; --stop:#9f1c24;
  --sstr_only:#105ea0; --both:#945400; --fdg_only:#b32028; --neither:#54408c; --one_tracer:#00685e; --physiologic:#66707a; }
* { box-sizing:border-box; }
html { background:#e9edf0; }
body { margin:0 auto; max-width:1180px; padding:0 40px 48px; background:#fff; color:var(--ink);
  font:15px/1.5 "Inter","Segoe UI","Helvetica Neue","Noto Sans","DejaVu Sans",Arial,sans-serif; font-variant-numeric:tabular-nums lining-nums; }
h1 { font-size:25px; line-height:1.25; font-weight:650; margin:0; letter-spacing:-.01em; }
h2 { font-size:18px; line-height:1.3; font-weight:650; margin:0 0 12px; color:var(--accent); }
h3 { font-size:15px; font-weight:650; margin:0 0 6px; }
p { margin:0 0 8px; max-width:92ch; overflow-wrap:anywhere; }
section { margin:34px 0 0; }
.banner { margin:0 -40px; padding:9px 40px; background:var(--accent); color:#fff; font-size:13.5px; display:flex; justify-content:space-between; gap:24px; }
.banner strong { white-space:nowrap; }
header { margin:24px 0 0; padding-bottom:18px; border-bottom:2px solid var(--ink); }
.sub { color:var(--muted); margin:2px 0 0; }
.note { color:var(--muted); font-size:13.5px; }
dl.facts { display:grid; grid-template-columns:repeat(auto-fill,minmax(230px,1fr)); gap:8px 24px; margin:14px 0 0; }
dl.facts dt { font-size:12px; color:var(--muted); }
dl.facts dd { margin:0; overflow-wrap:anywhere; }
.two { display:grid; grid-template-columns:1fr 1fr; gap:16px 40px; }
header .two { margin-top:18px; }
.two h3 { border-bottom:1px solid var(--line); padding-bottom:4px; }
.two dl.facts { grid-template-columns:1fr 1fr; }
.alerts { border:1px solid var(--warn-line); border-left-width:6px; background:var(--warn-bg); padding:14px 20px 12px; border-radius:4px; margin-top:22px; }
.alerts h2 { color:var(--warn); margin-bottom:6px; font-size:16px; }
.alerts h3 { font-size:12.5px; color:var(--muted); margin:8px 0 2px; font-weight:600; }
.alerts ul { margin:0; padding-left:20px; }
.alerts li { margin:3px 0; }
.code { font:12px/1.4 ui-monospace,"DejaVu Sans Mono",Consolas,monospace; color:var(--muted); overflow-wrap:anywhere; }
.verdict { display:grid; grid-template-columns:auto 1fr; gap:4px 32px; align-items:center; padding:22px 28px; border:1px solid var(--line); border-radius:6px; background:var(--soft); margin-top:22px; }
.verdict .value { font-size:58px; line-height:1; font-weight:700; letter-spacing:-.02em; }
.verdict .scale { font-size:12.5px; color:var(--muted); }
.verdict p.strong { font-size:21px; line-height:1.35; font-weight:600; margin:0 0 6px; }
.strong { font-weight:700; }
.verdict p { margin:0 0 3px; }
figure { margin:0 0 8px; }
figure img { display:block; max-width:100%; height:auto; margin:0 auto; }
figcaption { color:var(--muted); font-size:13px; margin-top:8px; max-width:100ch; }
.lesion-pictures figure { display:inline-block; margin:0 18px 10px 0; }
.legend { display:flex; flex-wrap:wrap; gap:6px 22px; list-style:none; margin:4px 0 12px; padding:0; font-size:13.5px; }
.legend i { display:inline-block; width:13px; height:13px; border:2.5px solid; border-radius:50%; margin-right:7px; vertical-align:-2px; }
.legend i.target { background:var(--ink); border-color:var(--ink); border-radius:3px; }
.scroll { overflow-x:auto; }
table { border-collapse:collapse; width:100%; font-size:13.5px; }
caption { text-align:left; color:var(--muted); font-size:13px; padding:0 0 8px; }
th,td { padding:6px 7px; text-align:left; vertical-align:top; border-bottom:1px solid var(--line); font-weight:400; }
thead th { font-weight:600; border-bottom:1.5px solid var(--ink); vertical-align:bottom; line-height:1.25; }
thead .groups th { border-bottom:1px solid var(--line); text-align:center; color:var(--accent); padding-bottom:3px; }
thead .groups td { border:0; }
tbody th { font-weight:650; white-space:nowrap; }
.n { text-align:right; white-space:nowrap; }
.unit { display:block; font-weight:400; font-size:11.5px; color:var(--muted); }
tr.target { background:#fdf3f3; }
tr.target th:first-child { box-shadow:inset 4px 0 0 var(--stop); }
.sstr_only { color:var(--sstr_only); } .both { color:var(--both); } .fdg_only { color:var(--fdg_only); }
.neither { color:var(--neither); } .one_tracer { color:var(--one_tracer); } .physiologic { color:var(--physiologic); }
abbr { text-decoration:none; cursor:help; }
abbr.missing { color:var(--muted); }
abbr.flag { display:inline-block; border:1px solid var(--warn-line); background:var(--warn-bg); color:var(--warn); border-radius:3px; padding:0 6px; font-size:12px; line-height:1.55; white-space:nowrap; }
.grade { border:1px solid var(--line); border-radius:6px; padding:16px 20px; margin:0 0 14px; display:grid; grid-template-columns:180px 1fr; gap:4px 26px; break-inside:avoid; }
.grade h3 { margin:0; color:var(--muted); font-weight:600; }
.grade .value { font-size:30px; font-weight:700; line-height:1.2; overflow-wrap:anywhere; }
.grade .value.words { font-size:17px; }
.grade ul { margin:0 0 8px; padding-left:19px; }
.grade li { margin:2px 0; }
.grade dl.facts { margin:0 0 8px; grid-template-columns:repeat(auto-fill,minmax(190px,1fr)); }
.small { font-size:13px; color:var(--muted); margin:0; }
.caveat { color:var(--warn); }
details { border:1px solid var(--line); border-radius:6px; padding:10px 18px; }
details summary { cursor:pointer; font-weight:600; color:var(--accent); }
details[open] summary { margin-bottom:10px; }
pre.impression { font:inherit; white-space:pre-wrap; margin:0; padding:12px 18px; border:1px solid var(--line); border-radius:6px; background:var(--soft); }
footer { margin-top:40px; padding-top:14px; border-top:1px solid var(--line); color:var(--muted); font-size:13px; }
.watermark { position:fixed; inset:0; display:flex; align-items:center; justify-content:center; pointer-events:none; z-index:5; }
.watermark span { transform:rotate(-32deg); font-size:92px; font-weight:700; white-space:nowrap; color:#1b2631; opacity:.055; letter-spacing:.02em; }
@media screen and (max-width:760px) { body { padding:0 16px 32px; } .banner { margin:0 -16px; padding:9px 16px; } .two,.grade,.verdict { grid-template-columns:1fr; } }
@media print { html { background:#fff; } body { max-width:none; padding:0; font-size:8.5pt; line-height:1.35; } .banner { margin:0; padding:4px 10px; font-size:8pt; }
  * { -webkit-print-color-adjust:exact; print-color-adjust:exact; } .scroll { overflow:visible; } table { font-size:7.5pt; } th,td { padding:2px 5px; } tr { break-inside:avoid; }
  h1 { font-size:14pt; } h2 { font-size:11pt; margin-bottom:4px; break-after:avoid; } h3 { font-size:9pt; } p { font-size:8.5pt; margin-bottom:3px; } .small,.note,figcaption,caption,.legend { font-size:7.5pt; }
  header { margin-top:8px; padding-bottom:6px; } .two { gap:4px 24px; } header .two { margin-top:6px; } dl.facts { gap:2px 16px; margin-top:4px; grid-template-columns:repeat(4,1fr); } .two dl.facts { grid-template-columns:repeat(3,1fr); }
  dl.facts dt { font-size:7pt; } .alerts { padding:6px 12px; margin-top:8px; } .verdict { padding:8px 14px; margin-top:8px; } .verdict .value { font-size:34pt; } .verdict p.strong { font-size:12pt; }
  section { margin-top:12px; } figure { break-inside:avoid; } figure img { max-height:var(--print-height,105mm); } .grade { padding:8px 12px; margin-bottom:8px; } .grade .value { font-size:18pt; }
  .grade ul { margin-bottom:4px; } details { border:0; padding:0; } abbr.flag { font-size:6.5pt; padding:0 4px; } .grade-table { break-inside:avoid; } .watermark span { font-size:62px; } @page { size:A4; margin:11mm 11mm; } }
)css";
}

}  // namespace netpet::report
