import { BadgePill } from '../page/BadgePill';
import { Brand } from '../page/Brand';
import { SignInControl } from '../signin/SignInControl';
import type { Driving } from './driving';
import { badgeOf } from './words';

export function DriveHeader({ driving }: { driving: Driving }) {
  return (
    <header>
      <Brand />
      <BadgePill {...badgeOf(driving.state.value.phase)} />
      <SignInControl />
    </header>
  );
}
