import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';
import { createRoot } from 'react-dom/client';
import { Explore } from './Explore';
import { readDeepLink } from './deepLink';
import { openTabs } from './openTabs';

const link = readDeepLink(new URL(window.location.href));
const active = openTabs(link);

// once opened it is a tab like the others: a reload must not open it again
window.history.replaceState(null, '', window.location.pathname);

createRoot(document.getElementById('root')!).render(<Explore active={active} runAtOnce={link?.run ?? false} />);
