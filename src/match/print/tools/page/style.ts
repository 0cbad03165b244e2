/** Style of the examiner's page. Colours of support come with words, never alone. */
export const PAGE_STYLE = `
:root{--ink:#1c2126;--soft:#5a6570;--rule:#d5dae0;--strong:#2b7a3d;--some:#a86a00;--none:#8a2f3a}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:#f4f6f8;margin:0}
main{max-width:78rem;margin:0 auto;padding:1.25rem}
h1{font-size:1rem;font-weight:600;color:var(--soft);margin:0 0 .5rem}
h2{font-size:1.05rem;margin:1.75rem 0 .5rem}
.verdict{background:#fff;border:1px solid var(--rule);border-left:.5rem solid var(--tone);border-radius:.4rem;padding:1rem 1.25rem}
.verdict p{margin:.25rem 0}.verdict .title{font-size:1.35rem;font-weight:650;color:var(--tone)}
.strong{--tone:var(--strong)}.some{--tone:var(--some)}.none{--tone:var(--none)}
.note{color:var(--soft);font-size:.85rem}
.scale{position:relative;height:4.9rem;margin:1.25rem 0 0}
.scale .line{position:absolute;left:2%;right:2%;top:2.1rem;height:.5rem;border-radius:.25rem;background:#e3c3c7}
.scale .line::before,.scale .line::after{content:"";position:absolute;top:0;bottom:0;right:0;border-radius:.25rem}
.scale .line::before{left:calc((var(--some) - 2%)/.96);background:#efd9ac}.scale .line::after{left:calc((var(--strong) - 2%)/.96);background:#b6d9bf}
.tick{position:absolute;top:1.9rem;height:.9rem;border-left:2px solid var(--ink)}
.tick span{position:absolute;top:1rem;transform:translateX(-50%);white-space:nowrap;font-size:.75rem;color:var(--soft)}
.tick:nth-of-type(2) span{top:2rem}
.mark{position:absolute;top:0}.mark b{position:absolute;transform:translateX(-50%);background:var(--ink);color:#fff;border-radius:.3rem;padding:.05rem .45rem;font-size:.9rem}
.mark::after{content:"";position:absolute;top:1.5rem;height:1.3rem;border-left:3px solid var(--ink);margin-left:-1.5px}
.scale-note{margin:.25rem 0 0}
.views{display:flex;gap:.5rem 1.25rem;flex-wrap:wrap;align-items:center;margin:0 0 .6rem;border:0;padding:0}
.views label{display:inline-flex;gap:.35rem;align-items:center;cursor:pointer}
.prints{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem}
.prints figure,.overlay{margin:0;background:#fff;border:1px solid var(--rule);border-radius:.4rem;padding:.6rem}
.prints svg{display:block;width:100%;height:auto;max-height:80vh}.overlay svg{display:block;width:100%;max-width:38rem;height:auto;margin:auto;isolation:isolate}
figcaption{font-size:.85rem;color:var(--soft);margin-top:.4rem}
.prints svg .enhanced{display:none}.show-enhanced svg .plain{display:none}.show-enhanced svg .enhanced{display:inline}
.hide-unmatched .unmatched,.hide-all .unmatched,.hide-all .pair,.hide-all .singular{display:none}
.pair{cursor:pointer}.pair.lit line,.pair.lit circle,.pair.lit rect{stroke-width:5}.pair.lit text{font-size:22px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem;margin:1rem 0}
.facts>div{background:#fff;border:1px solid var(--rule);border-radius:.4rem;padding:.7rem .9rem}
.facts dt{font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}.facts dd{margin:0;font-size:1.25rem;font-weight:600}.facts dd.note{font-size:.85rem;font-weight:400}
details{background:#fff;border:1px solid var(--rule);border-radius:.4rem;padding:.6rem .9rem;margin:.75rem 0}
summary{cursor:pointer;font-weight:600}
table.pairs{border-collapse:collapse;margin-top:.6rem;font-variant-numeric:tabular-nums;font-size:.9rem}
.pairs th,.pairs td{padding:.15rem .7rem;border-bottom:1px solid var(--rule);text-align:right;font-weight:400}.pairs thead th{font-weight:600;text-align:center}
.pairs tr.lit{background:#fff3bf}
.steps{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;margin-top:.6rem}.steps figure{margin:0}.steps img{width:100%;border:1px solid var(--rule)}
@media print{body{background:#fff}.views{display:none}details{break-inside:avoid}}
`;
