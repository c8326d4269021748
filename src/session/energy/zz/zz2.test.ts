import { it } from 'vitest';
import { type EnergyTraceName, eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import { ENERGY_QUESTIONS } from '../questions.ts';
let seed=Number(process.env.SEED??1); const rnd=()=>{seed=(seed*1664525+1013904223)%4294967296;return seed/4294967296;}; const pick=<T,>(a:readonly T[])=>a[Math.floor(rnd()*a.length)] as T;
const VALUES:any[]=[null,true,'',Infinity,-Infinity,1e308,-1e308,-1,0,0.1,1e15,'9999-12-31T00:00:00Z','0001-01-01T00:00:00Z','1e999','NaN','__proto__','constructor','Recurring','Daily','Relative','Dynamic',[],{}];
function mutate(v:any):any{ // pick a random leaf
  const paths:any[]=[]; const walk=(x:any,set:(n:any)=>void)=>{ if(x&&typeof x==='object'){for(const k of Object.keys(x)) walk(x[k],(n)=>{x[k]=n;});} else paths.push([x,set]);}; 
  const c=structuredClone(v); walk(c,()=>{}); if(!paths.length) return c; const [old,set]=pick(paths); 
  const same=VALUES.filter(n=>typeof n===typeof old); const isTime=typeof old==='string'&&/^\d{4}-/.test(old);
  set(isTime&&rnd()<.7?pick(['9999-12-31T00:00:00Z','0001-01-01T00:00:00Z','1970-01-01T00:00:00Z']):rnd()<.8&&same.length?pick(same):pick(VALUES)); return c;}
function nonJson(v: any, path: string, out: Set<string>) { if (typeof v==='number' && !Number.isFinite(v)) out.add(path+'='+v); else if (v && typeof v==='object') { for (const k of Object.keys(v)) nonJson(v[k],path+'.'+(/^\d+$/.test(k)?'*':k),out);} }
it('fuzz', () => {
  const found=new Map<string,number>(); const end=performance.now()+Number(process.env.MS??40000); let n=0;
  while(performance.now()<end){
    const name=pick(['v2x-session','der-event','tariff-change','battery-swap','session-1.6','signed-values'] as EnergyTraceName[]); n++;
    const energy=new SessionEnergy(()=>0); const evs=eventsOf(name); const at=new Set(Array.from({length:1+Math.floor(rnd()*6)},()=>Math.floor(rnd()*evs.length)));
    const ch:string[]=[];
    evs.forEach((e:any,i)=>{ if(at.has(i)&&e.request){ const k=e.response&&rnd()<.5?'response':'request'; const m=mutate(e[k]); e={...e,[k]:m}; ch.push(e.action+' '+k+JSON.stringify(m,(_,v)=>v===Infinity?'INF':v).slice(0,600)); } energy.take(e);});
    const o=ENERGY_QUESTIONS['energy.overview'](energy); 
    for(const st of o.stations){ if(st.fault) found.set('FAULT '+st.fault,n);
      const r={from:st.from,to:st.to+1};
      const run=(q:string,f:()=>any)=>{const s=performance.now();let x:any;try{x=f();}catch(e){const k=q+' THROWS '+String((e as Error).message).slice(0,100)+' '+String((e as Error).stack).split('\n')[1]; if(!found.has(k)){found.set(k,n);console.log(k,ch);}return;}const ms=performance.now()-s; const out=new Set<string>();nonJson(x,'',out);for(const p of out){const k=q+p;if(!found.has(k)){found.set(k,n);console.log(k,name,ch.join('\n').slice(0,700));}} if(ms>700){const k=q+' SLOW';if(!found.has(k)){found.set(k,n);console.log(k,ms,name,JSON.stringify(r),ch.join('\n').slice(0,900));}}};
      const e=pick([0,1,...st.evses.slice(0,3)]);
      run('power',()=>ENERGY_QUESTIONS['energy.power'](energy,{station:st.station,evseId:e,...r,points:500,unit:pick(['W','A'])}));
      run('why',()=>ENERGY_QUESTIONS['energy.why'](energy,{station:st.station,evseId:e,at:r.from+(r.to-r.from)*rnd(),unit:'W'}));
      run('der',()=>ENERGY_QUESTIONS['energy.der'](energy,{station:st.station,evseId:null,range:r,at:r.from+(r.to-r.from)*rnd(),selected:null}));
      const tx=st.transactions.at(-1);
      if(tx) { const rr={from:tx.startedAt,to:(tx.endedAt??st.to)+1}; const mid=(rr.from+rr.to)/2; if(rr.from<rr.to){run('der',()=>ENERGY_QUESTIONS['energy.der'](energy,{station:st.station,evseId:null,range:rr,at:mid,selected:null}));run('power',()=>ENERGY_QUESTIONS['energy.power'](energy,{station:st.station,evseId:tx.evseId,...rr,points:500,unit:pick(['W','A'])}));run('why',()=>ENERGY_QUESTIONS['energy.why'](energy,{station:st.station,evseId:tx.evseId,at:mid,unit:'W'}));}}
      run('freq',()=>ENERGY_QUESTIONS['energy.frequency'](energy,{station:st.station,evseId:null,range:r,points:500,at:null}));
      run('bat',()=>ENERGY_QUESTIONS['energy.battery'](energy,{station:st.station,evseId:null,transaction:null,range:r,points:500}));
      run('site',()=>ENERGY_QUESTIONS['energy.site'](energy,{...r,points:500}));
      const ser=ENERGY_QUESTIONS['energy.series'](energy,[st.station])[0]; run('series',()=>ser);
      if(ser) run('samples',()=>ENERGY_QUESTIONS['energy.samples'](energy,{parts:[{station:st.station,series:ser.series.slice(0,100).map(s=>s.id)}],...r,points:500,by:'line'}));
      for(const t of st.transactions.slice(-2)){run('tariff',()=>ENERGY_QUESTIONS['energy.tariff'](energy,{station:st.station,transaction:t.id,points:500}));run('signed',()=>ENERGY_QUESTIONS['energy.signed'](energy,{station:st.station,transaction:t.id,keys:{}}));}
      run('rows',()=>ENERGY_QUESTIONS['energy.transactions'](energy,{station:st.station,skip:0,count:200}));
    }
  }
  console.log('runs',n); for(const [k,v] of found) console.log(v,k);
}, 200000);
