/** Only this machine can connect; JupyterLab itself asks for a random token. */
const LOOPBACK = "--ServerApp.ip=127.0.0.1";

/** An option with which a user chooses another address. */
const ADDRESS = /^--(ip|ServerApp\.ip)(=|$)/;

/** Disables JupyterLab's requests for news and for newer versions. */
const OFFLINE = [
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
];

/** The kernels of other environments have none of the project's packages. */
const DENO_ONLY = [
  "--KernelSpecManager.allowed_kernelspecs=deno",
  "--KernelSpecManager.ensure_native_kernel=False",
];

/**
 * The arguments of Python that start JupyterLab in the project.
 *
 * @param own options of JupyterLab from the command line
 * @param isRoot as root, as in a container, JupyterLab starts only with an option
 */
export function labArguments(
  own: readonly string[],
  isRoot: boolean,
): string[] {
  return [
    "-m",
    "jupyterlab",
    "--ServerApp.root_dir=.",
    "--LabApp.default_url=/lab/tree/notebooks/01_teacher.ipynb",
    ...own.some((option) => ADDRESS.test(option)) ? [] : [LOOPBACK],
    ...DENO_ONLY,
    ...OFFLINE,
    ...isRoot ? ["--allow-root"] : [],
    ...own,
  ];
}
