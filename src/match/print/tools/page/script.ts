/** What the page does when touched: switch views, light up a pair in both prints and in the table. Works without, too. */
export const PAGE_SCRIPT = `
const prints=document.querySelector('.prints');
for(const input of document.querySelectorAll('.views input'))input.addEventListener('change',()=>{
  if(input.type==='checkbox')prints.classList.toggle('hide-unmatched',!input.checked);
  else{prints.classList.toggle('show-enhanced',input.value==='enhanced');prints.classList.toggle('hide-all',input.value==='bare')}
});
let lit=[];
const light=n=>{for(const e of lit)e.classList.remove('lit');lit=n?[...document.querySelectorAll('[data-pair="'+n+'"]')]:[];for(const e of lit)e.classList.add('lit')};
for(const e of document.querySelectorAll('[data-pair]')){e.addEventListener('mouseenter',()=>light(e.dataset.pair));e.addEventListener('click',()=>light(e.dataset.pair))}
`;
