import { it } from 'vitest';
import { type EnergyTraceName, eventsOf } from '../../../../fixtures/energy/load.ts';
import { compositeSchedule } from '../../../ocpp/schedule/composite.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import { SessionEnergy } from '../session-energy.ts';
import { ENERGY_QUESTIONS } from '../questions.ts';
import { SampleColumns } from '../metering/sample-columns.ts';
it('offline', () => {
const p: any = parseProfile({id:1,stackLevel:0,chargingProfilePurpose:'TxDefaultProfile',chargingProfileKind:'Absolute',maxOfflineDuration:60,chargingSchedule:[{id:1,chargingRateUnit:'W',startSchedule:'2026-01-01T00:00:00Z',chargingSchedulePeriod:[{startPeriod:0,limit:1000}]}]},{version:'2.1',source:1,evseId:1,receivedAt:0});
const t0=Date.parse('2026-01-02T00:00:00Z');
for (const n of [4, 10,14,18,20]) {
  const offline=Array.from({length:n},(_,i)=>({from:t0+i*3600e3,to:t0+i*3600e3+600e3}));
  const s=performance.now();
  const pieces=compositeSchedule([p.value],{evseId:1,unit:'W',current:'AC',voltage:230,offsetAt:()=>0,offline} as any,t0-1,t0+86400e3*10);
  console.log('offline',n,pieces.length,(performance.now()-s).toFixed(0),'ms');
}
}, 60000);
it('recurring', () => {
const p: any = parseProfile({id:1,stackLevel:0,chargingProfilePurpose:'TxDefaultProfile',chargingProfileKind:'Recurring',recurrencyKind:'Daily',chargingSchedule:[{id:1,chargingRateUnit:'W',startSchedule:'2026-01-01T00:00:00Z',chargingSchedulePeriod:[{startPeriod:0,limit:1000},{startPeriod:3600,limit:2000}]}]},{version:'2.1',source:1,evseId:1,receivedAt:0});
for (const y of ['2126','2926']) {
  const s=performance.now();
  const pieces=compositeSchedule([p.value],{evseId:1,unit:'W',current:'AC',voltage:230,offsetAt:()=>0} as any,Date.parse('2026-01-02T00:00:00Z'),Date.parse(`${y}-01-02T00:00:00Z`));
  console.log('recurring',y,pieces.length,(performance.now()-s).toFixed(0),'ms');
}
}, 60000);
it('columns', () => {
  for (const n of [10000, 40000]) {
  const c = new SampleColumns(); const s=performance.now();
  for (let i=0;i<n;i++) c.add({at:0,value:i,entry:i,context:0,transaction:-1});
  console.log('same time',n,(performance.now()-s).toFixed(0),'ms');
  }
}, 60000);
function nonJson(v: any, path: string, out: string[]) { if (out.length>5) return; if (typeof v==='number' && !Number.isFinite(v)) out.push(path+'='+v); else if (v && typeof v==='object') { if (v instanceof Map||v instanceof Set||ArrayBuffer.isView(v)) out.push(path+' '+v.constructor.name); for (const k of Object.keys(v)) nonJson(v[k],path+'.'+k,out);} }
it('extreme', () => {
  const M=8.64e15;
  for (const name of ['v2x-session','der-event','tariff-change','battery-swap','session-1.6','signed-values','site'] as EnergyTraceName[]) {
    const energy=new SessionEnergy(()=>0); for (const e of eventsOf(name)) energy.take(e);
    const o=ENERGY_QUESTIONS['energy.overview'](energy);
    for (const st of o.stations.slice(0,2)) {
      const evses=[0,...st.evses.slice(0,2),9999];
      const d=86400000;
      const ranges=[{from:st.from,to:st.to+1},{from:st.from,to:st.from+1e-9*st.from},{from:st.from-0.5,to:st.to},{from:M-d,to:M},{from:-M,to:-M+d},{from:st.to-400*d,to:st.to+d}];
      const run=(q:string,f:()=>any)=>{const s=performance.now();let r:any;try{r=f();}catch(e){console.log(name,q,'THROWS',String((e as Error).message).slice(0,120));return;}const out:string[]=[];nonJson(r,'',out);const ms=performance.now()-s;const len=JSON.stringify(r)?.length??0;if(out.length||ms>500||len>2e6)console.log(name,q,out,ms.toFixed(0)+'ms',len);};
      for (const r of ranges) for (const points of [2,20000]) {
        for (const e of evses) for (const unit of ['W','A'] as const) run('power '+JSON.stringify(r)+e,()=>ENERGY_QUESTIONS['energy.power'](energy,{station:st.station,evseId:e,...r,points,unit}));
        for (const e of evses) run('why'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.why'](energy,{station:st.station,evseId:e,at:r.to,unit:'W'}));
        for (const e of [null,...evses]) { run('der'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.der'](energy,{station:st.station,evseId:e,range:r,at:null,selected:null}));
          run('freq'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.frequency'](energy,{station:st.station,evseId:e,range:r,points,at:null}));
          run('bat'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.battery'](energy,{station:st.station,evseId:e,transaction:null,range:r,points})); }
        run('site'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.site'](energy,{...r,points}));
        const ser=ENERGY_QUESTIONS['energy.series'](energy,[st.station])[0]; if (ser) for (const by of ['extremes','line'] as const) run('samples'+JSON.stringify(r),()=>ENERGY_QUESTIONS['energy.samples'](energy,{parts:[{station:st.station,series:ser.series.slice(0,100).map(s=>s.id),shift:M}, {station:st.station,series:ser.series.slice(0,100).map(s=>s.id)}],...r,points,by}));
      }
      for (const t of st.transactions) { for (const points of [2,20000]) run('tariff',()=>ENERGY_QUESTIONS['energy.tariff'](energy,{station:st.station,transaction:t.id,points})); run('signed',()=>ENERGY_QUESTIONS['energy.signed'](energy,{station:st.station,transaction:t.id,keys:{}})); }
      run('rows',()=>ENERGY_QUESTIONS['energy.transactions'](energy,{station:st.station,skip:0,count:200}));
    }
  }
}, 120000);
