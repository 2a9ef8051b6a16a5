import { now } from '../page/now';
import { locale } from '../words/locale';
import { stepsOf, type Reached } from './words';

/** How far the job is. */
export function Steps({ state }: { state: Reached }) {
  return (
    <ol class="steps" aria-label="Progress">
      {stepsOf(state, locale, now.value).map(({ status, name, progress, time }) => (
        <li key={status} data-progress={progress} aria-current={progress === 'current' ? 'step' : undefined}>
          <span class="name">{name}</span>
          {progress !== 'ahead' && <span class="visually-hidden">{progress === 'done' ? ', done' : ''}</span>}
          {time && <time>{time}</time>}
        </li>
      ))}
    </ol>
  );
}
