/** The tasks of `deno.json`. */
export { permissionsOf, TASKS } from "../tools/task_permissions.ts";
