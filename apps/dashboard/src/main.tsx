import { render } from 'preact';
import { SIGNAL_SETS } from '#clinical';
import { riskScoreSchema } from '#wire';
import uPlot from 'uplot';
console.log(riskScoreSchema, uPlot);
render(<p>{SIGNAL_SETS['paper-11'].join(' ')}</p>, document.getElementById('page')!);
