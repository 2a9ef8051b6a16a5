export function Brand() {
  return (
    <p class="brand">
      <img src="/favicon.svg" alt="" width="24" height="24" />
      Towline
    </p>
  );
}
