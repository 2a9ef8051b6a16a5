import { render } from 'preact';
import { Notice } from '../page/Notice';
import { pageSettings } from '../settings';

const root = document.getElementById('root')!;

/** Where the provider sends people back to: from here they go on to the page that they came from. */
async function finish(): Promise<void> {
  const [{ provider }, { Provider }] = await Promise.all([pageSettings(), import('./provider')]);
  if (!provider) {
    tell('Nobody signs in here', 'This service has no identity provider for its pages.');
    return;
  }
  window.location.replace(await new Provider(provider, () => {}).finish());
}

function tell(title: string, text: string): void {
  render(
    <Notice title={title} text={text}>
      <p class="way-on">
        <a href="/">To the start page</a>
      </p>
    </Notice>,
    root,
  );
}

finish().catch((problem) => {
  // the answer of the provider is of no use any more
  window.history.replaceState(null, '', window.location.pathname);
  tell('You are not signed in', problem instanceof Error ? problem.message : String(problem));
});
