import type { MethodSpec } from "../smoothing/method.ts";
import type { PublishedRow } from "./published.ts";
import { furtherSettings, settingsKey } from "../runs/describe.ts";
import { runOfTeacher, type RunSpec } from "../runs/spec.ts";

/** The published data sets by their names here. */
export const PUBLISHED_DATASETS: Readonly<
  Record<PublishedRow["dataset"], string>
> = {
  "CIFAR-10": "cifar10",
  "CIFAR-100": "cifar100",
  "Fashion-MNIST": "fashionmnist",
};

/** The published networks by their names here. */
export const PUBLISHED_MODELS: Readonly<
  Record<PublishedRow["network"], string>
> = {
  ResNet18: "resnet18",
  InceptionV4: "inceptionv4",
  ResNet50: "resnet50",
  DenseNet: "densenet161",
};

/** The architecture of every published student. */
const STUDENT: string = "shallownet";

/**
 * Returns whether a run has one of the study's methods with the study's
 * numbers, on the clean labels of a known data set. Own data is excluded, as its folder may have
 * the same name.
 */
export function isStudyMethod(
  spec: RunSpec,
  name: PublishedRow["method"],
): boolean {
  const { objective, data } = spec;
  return objective.kind === "targets" && objective.method.name === name &&
    data.holdOut === undefined && data.own === undefined &&
    data.noise === undefined &&
    hasStudyNumbers(objective.method) &&
    (name !== "ils" || hasStudyTeacher(spec));
}

function hasStudyNumbers(method: MethodSpec): boolean {
  if (method.name === "ls") return method.epsilon === 0.1;
  if (method.name !== "ils") return method.name === "ce";
  const { epsilon, temperature, scores } = method;
  return epsilon === 0.1 && temperature === 1 && scores === "probabilities";
}

/** Whether the teacher is one `ce` network with its student's settings. */
function hasStudyTeacher(spec: RunSpec): boolean {
  if (spec.teacher?.kind !== "run") return false;
  const teacher = runOfTeacher(spec.teacher);
  return isStudyMethod(teacher, "ce") &&
    settingsKey(teacher) === settingsKey(spec);
}

/**
 * Returns whether a run is a student of a row's network, with the study's loss.
 */
export function isStudyStudent(
  { objective, teacher, model, data }: RunSpec,
  row: PublishedRow,
): boolean {
  return objective.kind === "distillation" && objective.alpha === 0.9 &&
    objective.temperature === 20 && objective.teacherScaled === row.scaled &&
    objective.teacherCalibrator === undefined &&
    model === STUDENT && data.dataset === PUBLISHED_DATASETS[row.dataset] &&
    teacher?.kind === "run" && teacher.data.dataset === data.dataset &&
    teacher.model === PUBLISHED_MODELS[row.network] &&
    isStudyMethod(runOfTeacher(teacher), row.method);
}

/**
 * Returns whether a network has the settings of the study's README: 80 % of all
 * training images, SGD at 0.1, batches of 512, 100 epochs, patience 10, weight
 * decay 1e-4. The README does not state momentum or a schedule; settings that
 * the study lacks, such as averaged weights, must be off.
 */
export function hasPublishedSettings(spec: RunSpec): boolean {
  const { data, training } = spec;
  return furtherSettings(spec).length === 0 && data.limit === null &&
    data.trainFraction === 0.8 &&
    training.optimizer === "sgd" && training.learningRate === 0.1 &&
    training.batchSize === 512 && training.epochs === 100 &&
    training.patience === 10 && training.weightDecay === 1e-4;
}

/**
 * Returns whether a student has the settings of the study's appendix (its
 * README gives none): no limit on images, Adam at 0.01, batches of 256, 150
 * epochs. The appendix does not state the validation fraction.
 */
export function hasPublishedStudentSettings(
  { data, training }: RunSpec,
): boolean {
  return data.limit === null && training.optimizer === "adam" &&
    training.learningRate === 0.01 && training.batchSize === 256 &&
    training.epochs === 150;
}
