import { Pencil } from "lucide-react";
import { common } from "../../copy/common.ts";
import { design } from "../../copy/design.ts";
import { Badge } from "../../lib/ui/badge.tsx";
import { Button, IconButton, TextButton } from "../../lib/ui/button.tsx";
import { EmptyState } from "../../lib/ui/empty-state.tsx";
import { CodeField } from "../../lib/ui/form/code-field.tsx";
import { Field } from "../../lib/ui/form/field.tsx";
import { PasswordField } from "../../lib/ui/form/password-field.tsx";
import { Select } from "../../lib/ui/form/select.tsx";
import { TextArea } from "../../lib/ui/form/text-area.tsx";
import { Kbd } from "../../lib/ui/kbd.tsx";
import { TextLink } from "../../lib/ui/link/text-link.tsx";
import { Message } from "../../lib/ui/message.tsx";
import { Skeleton } from "../../lib/ui/skeleton.tsx";
import { ChoiceDemos, FailureDemo } from "./demos.tsx";
import { OverDemos } from "./over-demos.tsx";
import { Section, Specimen } from "./section.tsx";

const { state, looks, field, badge, message, empty } = design;
/** Classes that show the hover and focus styles permanently. */
const focused = "outline-2 outline-offset-2 outline-accent";
const buttons = [
  ["primary", "bg-accent-strong"],
  ["plain", "border-accent text-accent"],
  ["quiet", "bg-wash"],
  ["danger", "bg-danger-strong"],
] as const;

function Buttons() {
  return (
    <Section id="buttons" both>
      {buttons.map(([look, hovered]) => (
        <Specimen key={look} name={looks[look]}>
          <Button look={look}>{state.rest}</Button>
          <Button look={look} className={hovered}>
            {state.hover}
          </Button>
          <Button look={look} className={focused}>
            {state.focus}
          </Button>
          <Button look={look} disabled>
            {state.disabled}
          </Button>
          <Button look={look} aria-disabled aria-busy>
            {common.oneMoment}
          </Button>
        </Specimen>
      ))}
      <Specimen name={looks.text}>
        <TextButton>{state.rest}</TextButton>
        <TextButton className="text-accent-strong">{state.hover}</TextButton>
        <TextButton className={focused}>{state.focus}</TextButton>
        <TextButton disabled>{state.disabled}</TextButton>
        <TextLink href="#buttons">{looks.link}</TextLink>
      </Specimen>
      <Specimen name={design.icon}>
        {["", "bg-wash text-ink", focused].map((className) => (
          <IconButton key={className} label={design.icon} className={className}>
            <Pencil aria-hidden className="size-5" />
          </IconButton>
        ))}
        <IconButton label={design.icon} disabled>
          <Pencil aria-hidden className="size-5" />
        </IconButton>
      </Specimen>
    </Section>
  );
}

function Fields() {
  return (
    <Section id="fields" both>
      <Field name="rest" label={field.label} placeholder={field.placeholder} hint={field.hint} />
      <Field name="wrong" label={field.label} defaultValue={field.placeholder} error={field.error} />
      <Field name="disabled" label={field.label} defaultValue={field.placeholder} disabled />
      <PasswordField name="password" label={field.password} autoComplete="off" />
      <CodeField name="code" label={field.code} autoComplete="off" />
      <Select name="list" label={field.list}>
        {field.lists.map((list) => (
          <option key={list}>{list}</option>
        ))}
      </Select>
      <TextArea name="notes" label={field.notes} defaultValue={field.notesValue} />
    </Section>
  );
}

function States() {
  return (
    <Section id="states" both>
      <Message kind="note">{message.note}</Message>
      <Message kind="error">{message.error}</Message>
      <EmptyState title={empty.title} action={<Button>{empty.action}</Button>}>
        {empty.text}
      </EmptyState>
      <FailureDemo />
      <Specimen name={state.loading}>
        <span className="w-full space-y-3">
          <Skeleton className="h-6 w-1/3" />
          <Skeleton />
          <Skeleton className="h-4 w-4/5" />
        </span>
      </Specimen>
    </Section>
  );
}

/** Every component, in every state. */
export function Components() {
  return (
    <>
      <Buttons />
      <Fields />
      <Section id="choices" both>
        <ChoiceDemos />
      </Section>
      <Section id="words" both>
        <div className="flex flex-wrap items-center gap-3">
          <Badge>{badge.plain}</Badge>
          <Badge tone="accent">{badge.accent}</Badge>
          <Badge tone="danger">{badge.danger}</Badge>
          <Kbd>{badge.keys}</Kbd>
        </div>
      </Section>
      <States />
      <Section id="over" lead={design.over.lead}>
        <OverDemos />
      </Section>
    </>
  );
}
