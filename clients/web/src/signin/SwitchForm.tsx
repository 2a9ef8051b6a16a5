import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failed } from '../api/failure';
import type { Choice } from './localSwitch';
import { switchTo, vendorsWithJobs, type SignedIn } from './viewer';
import { ROLES } from './words';

const CHOICES = ['DISPATCHER', 'OPERATOR', 'VENDOR', 'CALLER'] as const;

/** Lets a person choose a role, a name and a tenant, on the embedded stack. */
export function SwitchForm({ viewer, done, role }: { viewer: SignedIn | null; done: () => void; role?: Choice['role'] }) {
  const chosen = useSignal<Choice['role']>(role ?? CHOICES.find((each) => each === viewer?.role) ?? 'DISPATCHER');
  const tenant = useSignal(viewer?.tenant ?? 'local');
  const trouble = useSignal<string | null>(null);
  const vendors = useSignal<readonly { id: string; name: string }[]>([]);

  useEffect(() => {
    let late = false;
    if (chosen.value === 'VENDOR') {
      void vendorsWithJobs(tenant.peek()).then((found) => late || (vendors.value = found));
    }
    return () => {
      late = true;
    };
  }, [chosen.value]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    trouble.value = null;
    try {
      await switchTo({ role: chosen.value, subject: text('subject'), tenant: text('tenant') });
      done();
    } catch (problem) {
      trouble.value =
        problem instanceof Failed && problem.failure.kind === 'broken' ? problem.failure.message : 'The service does not answer.';
    }
  };

  return (
    <form class="switch" onSubmit={submit}>
      {!role && (
        <label>
          Role
          <select value={chosen} onChange={(event) => (chosen.value = event.currentTarget.value as Choice['role'])}>
            {CHOICES.map((each) => (
              <option key={each} value={each}>
                {ROLES[each]}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {chosen.value === 'VENDOR' ? 'Id of the vendor' : 'Name'}
        <input
          key={chosen.value}
          name="subject"
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          list={chosen.value === 'VENDOR' ? 'vendors-with-jobs' : undefined}
          defaultValue={viewer?.role === chosen.value ? viewer.subject : chosen.value === 'VENDOR' ? '' : 'local'}
        />
      </label>
      <datalist id="vendors-with-jobs">
        {vendors.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      <label>
        Tenant
        <input name="tenant" required value={tenant} onInput={(event) => (tenant.value = event.currentTarget.value)} autocapitalize="off" spellcheck={false} />
      </label>
      {trouble.value && (
        <p class="signin-trouble" role="alert">
          {trouble}
        </p>
      )}
      <button type="submit" class="primary">
        Continue as {ROLES[chosen.value].toLowerCase()}
      </button>
    </form>
  );
}
