import { render } from 'preact';
import { config } from 'zod';
import 'uplot/dist/uPlot.min.css';
import './style/tokens.css';
import './style/shell.css';
import './style/ward.css';
import './style/stay.css';
import './style/alerts.css';
import './style/model.css';
import { takeTokenFromAddress } from './access-token.js';
import { startLive } from './live-store.js';
import { followAddress } from './route.js';
import { Shell } from './shell/shell.js';
import { startTheme } from './theme.js';

// Schemas are read without compiling code, which a strict content security policy forbids.
config({ jitless: true });

takeTokenFromAddress();
startTheme();
followAddress();
startLive();
render(<Shell />, document.getElementById('page')!);
