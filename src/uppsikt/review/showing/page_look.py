"""The look of the page of a review: the product's own colours and sizes, in one style sheet and four symbols.

What is filtered away is hidden by the page's own check boxes (:has), so the page has no script.
"""

STYLE = """
:root{--ink:#16202e;--soft:#55606e;--line:#dfe4ea;--wash:#f5f7f9;--paper:#fff;--link:#0a4f8f;--focus:#ffbf47;
--certain:#b3261e;--likely:#7a5100;--possible:#55606e;--good:#17734a}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--wash)}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
h1{font-size:1.75rem;line-height:1.2;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
h2,h3,h4{font-size:1.125rem;line-height:1.3;margin:0;overflow-wrap:anywhere}
h4,.card h3{font-size:1rem}
p{margin:.25rem 0}
.soft{color:var(--soft)} .small{font-size:.875rem}
.num{font-variant-numeric:tabular-nums lining-nums;text-align:right;white-space:nowrap}
header.site{background:var(--paper);border-bottom:1px solid var(--line)}
.wrap{max-width:76rem;margin:auto;padding:0 1.5rem}
.site .wrap{display:flex;gap:1rem;align-items:center;height:3.5rem}
.brand{font-weight:700;letter-spacing:-.01em}
main{padding-bottom:3rem!important}
.top{padding:1.5rem 0 1rem}
.filter{border:0;padding:0;margin:.75rem 0 0;display:flex;gap:.5rem 1.5rem;flex-wrap:wrap}
.filter legend{padding:0;margin-bottom:.25rem;color:var(--soft);font-size:.875rem}
.filter label{display:inline-flex;gap:.5em;align-items:center}
.filter input{width:1.1rem;height:1.1rem;accent-color:var(--link)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.5rem;margin-bottom:1rem}
.finding{border-left:4px solid var(--possible);padding:.25rem 0 .25rem 1rem;margin:1rem 0}
.finding.certain{border-color:var(--certain)} .finding.likely{border-color:var(--likely)}
.state{display:inline-flex;gap:.4em;align-items:center;white-space:nowrap;font-size:.875rem}
.state svg{width:.9em;height:.9em;flex:none}
.certain>.state,.state.certain{color:var(--certain)} .state.likely{color:var(--likely)}
.state.possible{color:var(--possible)}
dl{display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin:.25rem 0}
dt{color:var(--soft);font-size:.875rem} dd{margin:0;font-weight:650;font-variant-numeric:tabular-nums lining-nums}
.proposal{color:var(--good);font-weight:500}
blockquote{margin:.5rem 0;padding:.5rem 1rem;background:var(--wash);border-radius:.375rem}
ul.below{margin:.25rem 0;padding-left:1.25rem}
.scroll{overflow-x:auto;margin-top:1rem}
table{min-width:50%;border-collapse:collapse;font-size:.9375rem}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.25rem}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{font-weight:500;color:var(--soft);border-bottom-color:var(--ink)}
thead th.num{text-align:right;white-space:normal}
th[scope=row]{font-weight:400;min-width:12rem}
tr.sum>*,tr.heading>*{font-weight:650} tr.sum>*{border-top:1.5px solid var(--ink)}
tr.of_which th,tr.breakdown th{padding-left:1.75rem} tr.of_which>*,tr.breakdown>*{color:var(--soft)}
tr.gap td{color:var(--soft);text-align:center}
mark{background:#fff3d6;color:inherit;padding:.1em .3em;border-radius:.2em;box-shadow:inset 0 -2px var(--likely)}
mark.certain{background:#fde7e5;box-shadow:inset 0 -2px var(--certain)}
mark.possible{background:#eef1f4;box-shadow:inset 0 -2px var(--possible)}
mark a{color:inherit}
main:has(#visa-certain:not(:checked)) .finding.certain,
main:has(#visa-likely:not(:checked)) .finding.likely,
main:has(#visa-possible:not(:checked)) .finding.possible{display:none}
.card:target,.finding:target{outline:3px solid var(--focus);outline-offset:2px}
@media print{body{background:#fff;font-size:10.5pt}.filter,header.site{display:none}.wrap{max-width:none;padding:0}
.card{border:0;padding:0;margin-bottom:1.5rem}.finding,tr,blockquote{break-inside:avoid}h2,h3,caption,thead{break-after:avoid}
.scroll{overflow:visible}mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""

SYMBOLS = """<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<symbol id="s-certain" viewBox="0 0 16 16"><rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor"/>\
<path d="M5 5l6 6M11 5l-6 6" stroke="#fff" stroke-width="1.8"/></symbol>
<symbol id="s-likely" viewBox="0 0 16 16"><path d="M8 1l7 7-7 7-7-7z" fill="currentColor"/></symbol>
<symbol id="s-possible" viewBox="0 0 16 16"><path d="M8 2.2L13.8 8 8 13.8 2.2 8z" fill="none" \
stroke="currentColor" stroke-width="1.6"/></symbol>
</defs></svg>"""
