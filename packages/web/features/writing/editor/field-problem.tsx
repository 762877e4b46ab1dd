/** Shows the problem of the field above and announces it to screen readers. */
export const FieldProblem = ({ problem }: { problem: string | undefined }) => (
  <p role="status" className="text-sm font-medium text-danger not-empty:py-1.5">
    {problem}
  </p>
);
