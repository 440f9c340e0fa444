import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { App } from './app.js';
import './styles/base.css';
import './styles/bar.css';
import './styles/live.css';
import './styles/shelves.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
