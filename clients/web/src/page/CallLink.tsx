/** Calls somebody, where the device can. */
export function CallLink({ name, phone }: { name: string; phone: string }) {
  return (
    <a class="call" href={`tel:${phone.replace(/[^+\d]/g, '')}`} aria-label={`Call ${name}`}>
      Call
    </a>
  );
}
