import type { NumberRules, NumbersOfStage } from "../../wire";

/** A number in international format, or null for one that the rules do not allow. */
export type Policy = (number: string) => string | null;
export type Compile = (metadata: string, rules: NumberRules) => Policy;

/** Where the script that answers for policies leaves its one function. */
export const COMPILE = Symbol.for("owidget_jupyter.numbers");

/** Compiles a policy, with the script that came with it: stages without one do not carry that. */
export function policyOf(policy: NonNullable<NumbersOfStage["policy"]>): Policy {
  const { code, metadata, ...rules } = policy;
  const owner = window as unknown as Record<symbol, Compile | undefined>;
  if (!owner[COMPILE]) evaluate(code);
  const compile = owner[COMPILE];
  if (!compile) throw new Error("this page does not run the number policy's script");
  return compile(metadata, rules);
}

/** At once, unlike an import: what is ordered after the policy must find it. */
function evaluate(code: string): void {
  const script = document.createElement("script");
  script.textContent = code;
  document.head.append(script);
  script.remove();
}
