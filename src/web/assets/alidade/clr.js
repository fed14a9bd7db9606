/**
 * Where a Comprehensive Learner Record names definitions, beside the credentials in it.
 *
 * The credentials in a record are read each by itself. Its associations say how the achievements of this one record hang
 * together, and are left alone.
 */

import { ACHIEVEMENT, RESULT } from "./open_badge.js";
import { Table, objects, organization } from "./table.js";

/** A [`ClrCredential`](https://www.imsglobal.org/spec/clr/v2p0/#clrcredential), or its subject alone. */
export const CLR_2 = new Table(() => [
  ["issuer", organization("issuer")],
  ["credentialSubject", objects(CLR_2)],
  ["achievement", objects(ACHIEVEMENT, "achievementId")],
]);

/** A `Clr` of version 1.0, which may be the subject of a credential. */
export const CLR_1 = new Table(() => [
  ["issuer", organization("issuer")],
  ["publisher", organization("issuer")],
  ["credentialSubject", objects(CLR_1)],
  ["assertions", objects(ASSERTION)],
  ["achievements", objects(ACHIEVEMENT, "achievementId")],
]);

/** An `Assertion` of version 1.0: in a record, or signed by itself. */
export const ASSERTION = new Table(() => [
  ["achievement", objects(ACHIEVEMENT, "achievementId")],
  ["results", objects(RESULT)],
  ["result", objects(RESULT)],
]);
