/** Where the todos will be. Says so only to those who cannot see it. */
export function TodosLoading() {
  return (
    <div role="status" className="mt-8">
      <span className="sr-only">Your todos are being loaded.</span>
      <div aria-hidden="true" className="motion-safe:animate-pulse">
        <div className="h-13 rounded-lg border border-rule bg-sheet" />
        <div className="ledger mt-4">
          {["w-1/2", "w-2/3", "w-2/5"].map((width) => (
            <div key={width} className="flex h-14 items-center border-rule border-b pl-14">
              <div className={`h-3 rounded-full bg-rule ${width}`} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
