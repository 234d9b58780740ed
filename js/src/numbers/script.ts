/** The script for stages: it leaves `compile` where they look for it. */
import { COMPILE } from "../stage/numbers/policy";
import { compile } from "./index";

Object.assign(globalThis, { [COMPILE]: compile });
